namespace Dfx.Harness.Reporting.Statistics;

/// <summary>How much more two groups of seeds scatter: the ratio of their standard deviations, with Fisher's interval.</summary>
internal static class VarianceRatio
{
    /// <summary>The logarithm of std(a)/std(b), below 0 if a scatters less; null unless both have two seeds or more that differ.</summary>
    internal static Estimate? Log(IReadOnlyList<double> a, IReadOnlyList<double> b, double level = Interval.Level)
    {
        if (Estimate.Of(a) is not { Deviation: > 0 and var above } || Estimate.Of(b) is not { Deviation: > 0 and var below })
        {
            return null;
        }

        var (log, tail) = (Math.Log(above / below), (1 - level) / 2);
        var low = log - (Math.Log(FisherF.UpperQuantile(tail, a.Count - 1, b.Count - 1)) / 2);
        var high = log + (Math.Log(FisherF.UpperQuantile(tail, b.Count - 1, a.Count - 1)) / 2);
        return new(Math.Min(a.Count, b.Count), log, null, new(low, high));
    }
}
