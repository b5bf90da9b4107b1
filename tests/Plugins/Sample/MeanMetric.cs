using System.Globalization;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>How far the average brightness of the samples lies from that of the reference, in units of a byte.</summary>
[Metric("test-mean", "Brightness gap")]
public sealed class MeanMetric : IMetric
{
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        var gap = Math.Abs(Mean(context.Generated) - Mean(context.Reference));
        return [new("test-mean", gap, new Dictionary<string, string>
        {
            ["reference"] = context.Reference.Fingerprint ?? "",
            ["samples"] = context.Generated.Count.ToString(CultureInfo.InvariantCulture),
        })];
    }

    private static double Mean(IImageSet images)
    {
        using var scope = torch.NewDisposeScope();
        return images.Read(0, images.Count).to(torch.float64).mean().ToDouble();
    }
}
