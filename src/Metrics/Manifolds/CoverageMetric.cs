using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Metrics.Manifolds;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>The share of real images with a sample in their neighbourhood (Naeem et al. 2020).</summary>
/// <param name="options">The extractor, k, and how many vectors are compared.</param>
[Metric(MetricIds.Coverage, "Coverage", Paper = "Naeem et al., ICML 2020")]
public sealed class CoverageMetric(DensityOptions options) : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => new ManifoldSetup(options.Extractor, options.K, options.Most).Measure(
        context, MetricIds.Coverage, "open", (o, _) => ((double)o.Covered / o.Real, Interval.OfShare(o.Covered, o.Real), "Wilson over the reference images, all balls fixed"));
}
