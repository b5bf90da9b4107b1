using System.Collections.Immutable;

namespace Dfx.Harness.Reporting.Statistics;

/// <summary>How many standard deviations an interval of the mean reaches to each side: t_{n-1} / sqrt(n).</summary>
internal static class HalfWidths
{
    private const int Smallest = 2;

    // A report of many rows asks for these over and over.
    private static readonly ImmutableArray<double> s_usual =
        [.. Enumerable.Range(Smallest, 31).Select(count => Computed(count, Interval.Level))];

    /// <param name="count">How many values; at least 2.</param>
    /// <param name="level">The interval's level, between 0 and 1.</param>
    internal static double Of(int count, double level) =>
        level == Interval.Level && count - Smallest < s_usual.Length ? s_usual[count - Smallest] : Computed(count, level);

    private static double Computed(int count, double level) => StudentT.UpperQuantile((1 - level) / 2, count - 1) / Math.Sqrt(count);
}
