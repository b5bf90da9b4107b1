using System.Globalization;
using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// The Inception score (Salimans et al. 2016): the mean over ten parts of the samples, in a random order that is always the same. The spread is
/// the parts' standard deviation. With a network that is not the standard one it is called a classifier score.
/// </summary>
/// <param name="options">The extractor.</param>
[Metric(MetricIds.Score, "Inception score", Paper = "Salimans et al., NeurIPS 2016")]
public sealed class ScoreMetric(FeatureOptions options) : IMetric
{
    private const int Parts = 10;
    private const ulong Seed = 2020;

    // The 97.5 % quantile of Student's distribution with nine degrees of freedom.
    private const double Student95 = 2.262157162740992;

    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Generated.Count < Parts)
        {
            throw new NotApplicableException($"{context.Generated.Count} samples; a score over {Parts} parts needs at least {Parts}");
        }

        var space = FeatureSpace.Of(context, options.Extractor);
        var logits = space.Logits;
        using var scope = torch.NewDisposeScope();
        var scores = InceptionScore.Of(logits.index_select(0, Order(context.Generated.Count)), Parts);
        var mean = scores.Average();
        var spread = Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)));
        var half = Student95 * spread / Math.Sqrt(Parts - 1);
        return
        [
            new(space.MetricName("is", "cs"), mean, Protocol(space))
            {
                Spread = spread,
                Low = space.Draws.Repeat ? null : mean - half,
                High = space.Draws.Repeat ? null : mean + half,
                Better = Direction.Higher,
            },
        ];
    }

    private static torch.Tensor Order(int count)
    {
        var order = new int[count];
        NoiseSource.Permutation(NoiseKey.For(Seed, "inception-score"), 0, 0, order);
        return torch.tensor(order);
    }

    private static Dictionary<string, string> Protocol(FeatureSpace space) => new(space.Protocol())
    {
        ["parts"] = Parts.ToString(CultureInfo.InvariantCulture),
        ["order"] = $"seed {Seed}, Philox",
        ["spread"] = "population standard deviation over parts",
        ["interval"] = space.Draws.Repeat ? "none: parts share truths" : "95 %, Student over parts",
    };
}
