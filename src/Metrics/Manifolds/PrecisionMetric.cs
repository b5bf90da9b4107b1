using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Metrics.Manifolds;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>The share of samples that lie in a real image's neighbourhood (Kynkäänniemi et al. 2019).</summary>
/// <param name="options">The extractor, k, and how many vectors are compared.</param>
[Metric(MetricIds.Precision, "Precision", Paper = "Kynkäänniemi et al., NeurIPS 2019")]
public sealed class PrecisionMetric(PrecisionOptions options) : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => new ManifoldSetup(options.Extractor, options.K, options.Most).Measure(
        context, MetricIds.Precision, "closed", (o, draws) => (
            (double)o.Precise / o.Generated,
            Interval.OfShare((double)o.Precise * draws.Different / o.Generated, draws.Different),
            $"Wilson over the {draws.Word}, all balls fixed"));
}
