using Dfx.Metrics.Distances;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// The Fréchet distance of Gaussians fitted to features (Heusel et al. 2017): the samples' against the reference's. It is biased upwards by
/// about C / N, so only numbers of equal N compare.
/// </summary>
[Metric("fd", "Fréchet distance", Paper = "Heusel et al., NeurIPS 2017")]
public sealed class FrechetMetric : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        var space = FeatureSpace.Of(context);
        var value = FrechetDistance.Of(space.Gaussian(), space.Generated);
        return [new($"fd-{space.Card.Id}", value, space.Protocol())];
    }
}
