namespace Dfx.Harness.Reporting.Statistics;

/// <summary>Means of numbers of any size.</summary>
internal static class Means
{
    /// <summary>The mean of finite numbers, also where their sum is beyond the largest double.</summary>
    /// <param name="values">At least one.</param>
    internal static double Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return double.IsFinite(mean) ? mean : values.Sum(value => value / values.Count);
    }

    /// <summary>The sample standard deviation (n - 1) of at least two finite numbers, also where squares are beyond the largest double.</summary>
    internal static double Deviation(IReadOnlyCollection<double> values, double mean)
    {
        var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        return double.IsFinite(deviation) ? deviation : LargeDeviation(values, mean);
    }

    private static double LargeDeviation(IReadOnlyCollection<double> values, double mean)
    {
        var halves = values.Select(v => (v / 2) - (mean / 2)).ToList();
        var scale = halves.Max(half => Math.Abs(half));
        return 2 * scale * Math.Sqrt(halves.Sum(h => h / scale * (h / scale)) / (values.Count - 1));
    }
}
