using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// The Fréchet distance of the samples' own moments from those of the distribution in closed form, for synthetic data: no network, and no noise
/// of a finite reference.
/// </summary>
[Metric("fd-exact", "Exact Fréchet distance", Paper = "Dowson, Landau, J. Multivariate Analysis 1982")]
public sealed class ExactFrechetMetric : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Data is not IKnownDistribution known)
        {
            throw new NotApplicableException($"the distribution of {context.Dataset} is not known in closed form");
        }

        var space = FeatureSpace.Raw(context);
        var reference = space.Once("gaussian/exact", () =>
        {
            using var mean = known.Mean();
            using var covariance = known.Covariance();
            return new GaussianReference(mean, covariance);
        });
        return [FrechetMetric.Measured(space, reference, "fd-exact", new(space.Protocol()) { ["moments"] = "closed form" })];
    }
}
