using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Metrics.Manifolds;

/// <summary>What the four metrics of neighbourhoods have in common: equally many samples and reference images, compared once for all of them.</summary>
/// <param name="Extractor">The network.</param>
/// <param name="K">Which neighbour a ball reaches to.</param>
/// <param name="Most">How many of either side are compared at most.</param>
internal sealed record ManifoldSetup(ExtractorChoice Extractor, int K, int Most)
{
    private const ulong Seed = 2020;

    /// <summary>Measures one number.</summary>
    /// <param name="context">The cell.</param>
    /// <param name="name">The metric's name with the standard network.</param>
    /// <param name="ball">Whether balls have their border, for the protocol.</param>
    /// <param name="value">The number, its interval and what the interval covers, from the counts and what the samples are draws of.</param>
    public IReadOnlyList<MetricValue> Measure(
        MetricContext context, string name, string ball, Func<ManifoldOverlap, Draws, (double Value, Interval? Interval, string Covers)> value)
    {
        var space = FeatureSpace.Of(context, Extractor);
        var count = Math.Min(Most, Math.Min(context.Generated.Count, context.Reference.Count));
        if (count <= K)
        {
            throw new NotApplicableException($"{count} vectors on either side; the {K}-th neighbour needs more than {K}");
        }

        var (measured, interval, covers) = value(Overlap(space, count), space.Draws.First(count));
        var protocol = new Dictionary<string, string>(space.Protocol())
        {
            ["k"] = $"{K}",
            ["n-compared"] = $"the first {count} samples, {count} reference images chosen with seed {Seed}, Philox",
            ["ball"] = ball,
            ["interval"] = $"95 %, {covers}",
        };
        return [new(space.MetricName(name, name), measured, protocol) { Low = interval?.Low, High = interval?.High, Better = Direction.Higher }];
    }

    private ManifoldOverlap Overlap(FeatureSpace space, int count)
    {
        var (generated, reference) = (space.Generated, space.Reference);
        return space.Once($"manifolds/{K}/{count}", () =>
        {
            using var scope = torch.NewDisposeScope();
            return ManifoldOverlap.Of(generated.narrow(0, 0, count), Chosen(reference, count), K);
        });
    }

    // Training sets are often sorted by class, so the first ones would be no sample of them.
    private static torch.Tensor Chosen(torch.Tensor rows, int count)
    {
        var order = new int[rows.shape[0]];
        NoiseSource.Permutation(NoiseKey.For(Seed, "manifolds"), 0, 0, order);
        return rows.index_select(0, torch.tensor(order.AsSpan(0, count).ToArray()));
    }
}
