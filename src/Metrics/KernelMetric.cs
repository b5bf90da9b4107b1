using System.Globalization;
using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// The kernel distance of features (Binkowski et al. 2018): the value is the unbiased estimate over all samples, the spread the standard
/// deviation of estimates over 100 random subsets of 1000, or of as many as there are.
/// </summary>
/// <param name="options">The extractor.</param>
[Metric(MetricIds.Kernel, "Kernel distance", Paper = "Binkowski et al., ICLR 2018")]
public sealed class KernelMetric(FeatureOptions options) : IMetric
{
    private const int Subsets = 100;
    private const int LargestSubset = 1000;
    private const ulong Seed = 2020;

    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        var space = FeatureSpace.Of(context, options.Extractor);
        var (x, y) = (space.Generated, space.Reference);
        var moments = x.shape[1] <= KernelSums.MostForMoments ? Moments(space) : null;
        var within = moments?.Within() ?? Within(space);

        // Begins after all that the cache owns was made.
        using var scope = torch.NewDisposeScope();
        var own = (moments is null ? KernelDistance.Rows(x, x) : KernelMoments.Of(x).Rows(x)) - KernelDistance.Diagonal(x);
        var sums = new KernelSums(own, moments?.Rows(x) ?? KernelDistance.Rows(x, y), within, y.shape[0]);
        var size = (int)Math.Min(LargestSubset, Math.Min(x.shape[0], y.shape[0]));
        var value = sums.Estimate();
        var interval = sums.StandardError(space.Draws) is { } error ? Interval.Normal(value, error) : (Interval?)null;
        return
        [
            new(space.MetricName("kid", "kd"), value, Protocol(space, size))
            {
                Spread = Deviation(KernelDistance.Subsets(x, y, Subsets, size, Seed)),
                Low = interval?.Low,
                High = interval?.High,
            },
        ];
    }

    private static KernelMoments Moments(FeatureSpace space)
    {
        var stored = space.Stored("kernel-moments", () =>
        {
            var made = KernelMoments.Of(space.Reference);
            return new Dictionary<string, torch.Tensor>
            {
                ["moments"] = made.Moments.DetachFromDisposeScope(),
                ["diagonal"] = torch.tensor(made.Diagonal).DetachFromDisposeScope(),
            };
        });
        return new(space.Reference.shape[0], stored["moments"], stored["diagonal"].ToDouble());
    }

    // Many features: m^2 D products, once a machine.
    private static double Within(FeatureSpace space) => space.Stored("kernel-within", () => new Dictionary<string, torch.Tensor>
    {
        ["sum"] = torch.tensor(KernelDistance.Within(space.Reference)).DetachFromDisposeScope(),
    })["sum"].ToDouble();

    private static Dictionary<string, string> Protocol(FeatureSpace space, int size) => new(space.Protocol())
    {
        ["kernel"] = "(x.y / D + 1)^3",
        ["estimate"] = "unbiased, over all samples",
        ["spread"] = "population standard deviation over subsets",
        ["interval"] = $"95 %, first order over the {space.Draws.Word}, reference fixed",
        ["subsets"] = Subsets.ToString(CultureInfo.InvariantCulture),
        ["subset-size"] = size.ToString(CultureInfo.InvariantCulture),
        ["subset-seed"] = $"{Seed}, Philox",
    };

    /// <summary>The population's standard deviation, as torch-fidelity has it.</summary>
    internal static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
