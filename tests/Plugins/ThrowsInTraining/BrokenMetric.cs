using Dfx.Sdk;

namespace Dfx.TestPlugins.ThrowsInTraining;

/// <summary>A metric that throws.</summary>
[Metric("test-broken", "Broken")]
public sealed class BrokenMetric : IMetric
{
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => throw new InvalidOperationException("the metric is broken");
}
