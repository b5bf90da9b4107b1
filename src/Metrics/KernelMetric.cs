using System.Globalization;
using Dfx.Metrics.Distances;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// The kernel distance of features (Binkowski et al. 2018): the value is the unbiased estimate over all samples, the spread the standard
/// deviation of estimates over 100 random subsets of 1000, or of as many as there are.
/// </summary>
[Metric("kid", "Kernel distance", Paper = "Binkowski et al., ICLR 2018")]
public sealed class KernelMetric : IMetric
{
    private const int Subsets = 100;
    private const int LargestSubset = 1000;
    private const ulong Seed = 2020;

    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        var space = FeatureSpace.Of(context);
        var (x, y, reference) = (space.Generated, space.Reference, space.ReferenceMoments());

        // Begins after all that the cache owns was made.
        using var scope = torch.NewDisposeScope();
        var samples = KernelMoments.Of(x);
        var value = KernelDistance.Combine(samples.Within(), samples.Count, reference.Within(), reference.Count, samples.Between(reference));
        var size = (int)Math.Min(LargestSubset, Math.Min(x.shape[0], y.shape[0]));
        var estimates = KernelDistance.Subsets(x, y, Subsets, size, Seed);
        return [new($"kd-{space.Card.Id}", value, Protocol(space, size)) { Spread = Deviation(estimates) }];
    }

    private static Dictionary<string, string> Protocol(FeatureSpace space, int size) => new(space.Protocol())
    {
        ["kernel"] = "(x.y / D + 1)^3",
        ["estimate"] = "unbiased, over all samples",
        ["spread"] = "population standard deviation over subsets",
        ["subsets"] = Subsets.ToString(CultureInfo.InvariantCulture),
        ["subset-size"] = size.ToString(CultureInfo.InvariantCulture),
        ["subset-seed"] = $"{Seed}, Philox",
    };

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
