using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Metrics.Manifolds;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>In how many real neighbourhoods a sample lies, over k (Naeem et al. 2020): about 1 for equal distributions, and it may exceed 1.</summary>
/// <param name="options">The extractor, k, and how many vectors are compared.</param>
[Metric(MetricIds.Density, "Density", Paper = "Naeem et al., ICML 2020")]
public sealed class DensityMetric(DensityOptions options) : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => new ManifoldSetup(options.Extractor, options.K, options.Most).Measure(
        context, MetricIds.Density, "open", (o, draws) => (o.Balls.mean().ToDouble() / options.K, Scaled(o.Balls, draws), $"normal over the {draws.Word}, all balls fixed"));

    private Interval? Scaled(torch.Tensor balls, Draws draws)
    {
        using var scope = torch.NewDisposeScope();
        return draws.OfMean(balls / (double)options.K);
    }
}
