using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// The Fréchet distance of Gaussians fitted to features (Heusel et al. 2017): the samples' against the reference's. It is biased upwards by
/// about C / N, so only numbers of equal N compare. It needs memory for D^2 numbers, whatever the number of samples.
/// </summary>
/// <param name="options">The extractor.</param>
[Metric(MetricIds.Frechet, "Fréchet distance", Paper = "Heusel et al., NeurIPS 2017")]
public sealed class FrechetMetric(FeatureOptions options) : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        var space = FeatureSpace.Of(context, options.Extractor);
        return [Measured(space, space.Gaussian(), space.MetricName("fid", "fd"), space.Protocol())];
    }

    /// <summary>The distance of a cell's samples from a Gaussian.</summary>
    internal static MetricValue Measured(FeatureSpace space, GaussianReference reference, string name, Dictionary<string, string> protocol)
    {
        if (space.Pass.Statistics is not { } samples)
        {
            // A singular covariance is no place for a derivative, so there is no interval either.
            return new(name, FrechetDistance.Few(reference, space.Pass.Features!), protocol);
        }

        var value = FrechetDistance.Of(reference, samples);
        if (FrechetInfluence.StandardError(reference, samples, space.Pass.First, space.Draws) is not { } error)
        {
            return new(name, value, protocol);
        }

        var interval = Interval.Normal(value, error);
        protocol["interval"] = $"95 %, infinitesimal jackknife over the {space.Draws.Word}, reference fixed, bias not covered";
        return new(name, value, protocol) { Low = interval.Low, High = interval.High };
    }
}
