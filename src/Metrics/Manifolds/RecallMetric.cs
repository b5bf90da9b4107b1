using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Metrics.Manifolds;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>The share of real images that lie in a sample's neighbourhood (Kynkäänniemi et al. 2019).</summary>
/// <param name="options">The extractor, k, and how many vectors are compared.</param>
[Metric(MetricIds.Recall, "Recall", Paper = "Kynkäänniemi et al., NeurIPS 2019")]
public sealed class RecallMetric(PrecisionOptions options) : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => new ManifoldSetup(options.Extractor, options.K, options.Most).Measure(
        context, MetricIds.Recall, "closed", (o, _) => ((double)o.Recalled / o.Real, Interval.OfShare(o.Recalled, o.Real), "Wilson over the reference images, all balls fixed"));
}
