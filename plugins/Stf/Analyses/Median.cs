namespace Dfx.Stf.Analyses;

/// <summary>A median with a standard error, for times: other work on the machine makes a few of them very long.</summary>
internal static class Median
{
    // For normal values: quartiles lie 1.349 standard deviations apart, and a median varies sqrt(pi / 2) times as much as a mean.
    private const double Factor = 1.2533 / 1.349;

    internal static Estimate Of(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(Quantile(sorted, 0.5), Factor * (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / Math.Sqrt(sorted.Length));
    }

    private static double Quantile(double[] sorted, double q)
    {
        var place = q * (sorted.Length - 1);
        var low = (int)place;
        return sorted[low] + ((place - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
    }
}
