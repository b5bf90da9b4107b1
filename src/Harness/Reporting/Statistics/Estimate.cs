namespace Dfx.Harness.Reporting.Statistics;

/// <summary>A mean over seeds and what is known of its precision.</summary>
/// <param name="Count">How many seeds.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">The sample standard deviation (n - 1); null for one seed.</param>
/// <param name="Interval">Student's interval of the mean; null for one seed, from which nothing follows about others.</param>
internal sealed record Estimate(int Count, double Mean, double? Deviation, Interval? Interval)
{
    /// <summary>The estimate from one value a seed, in the order of the seeds; null if there are none.</summary>
    /// <param name="values">Finite values, or differences of such.</param>
    /// <param name="level">The interval's level.</param>
    internal static Estimate? Of(IReadOnlyList<double> values, double level = Statistics.Interval.Level)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var mean = Means.Of(values);
        if (values.Count == 1)
        {
            return new(1, mean, null, null);
        }

        // A difference of finite numbers may be infinite: nothing is known of it.
        var deviation = double.IsFinite(mean) ? Means.Deviation(values, mean) : double.PositiveInfinity;
        var half = HalfWidths.Of(values.Count, level) * deviation;
        return new(values.Count, mean, deviation, double.IsFinite(half) ? new(mean - half, mean + half) : new(double.NegativeInfinity, double.PositiveInfinity));
    }
}
