using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>The mean squared difference to the ground truth, in units of a byte squared.</summary>
[Metric("test-mse", "MSE", Kind = MetricKinds.Paired)]
public sealed class MseMetric : IMetric
{
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        var truth = context.Truth ?? throw new NotApplicableException("test-mse compares with a ground truth, and this task has none.");
        using var scope = torch.NewDisposeScope();
        var difference = context.Generated.Read(0, context.Generated.Count).to(torch.float64) - truth.Read(0, truth.Count).to(torch.float64);
        return [new("test-mse", (difference * difference).mean().ToDouble(), new Dictionary<string, string> { ["unit"] = "byte^2", ["truths"] = $"{context.Truths}" })];
    }
}
