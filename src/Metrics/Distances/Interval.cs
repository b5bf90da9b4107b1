namespace Dfx.Metrics.Distances;

/// <summary>The ends of a 95 % interval.</summary>
internal readonly record struct Interval(double Low, double High)
{
    // The 97.5 % quantile of the normal distribution.
    private const double Normal95 = 1.959963984540054;

    /// <summary>value +- 1.96 standard errors.</summary>
    public static Interval Normal(double value, double standardError) => new(value - (Normal95 * standardError), value + (Normal95 * standardError));

    /// <summary>Of a share of n independent trials (Wilson 1927); it lies in [0, 1] and has a width even for 0 and n hits.</summary>
    /// <param name="hits">May be a fraction, where a trial stands for the mean of several.</param>
    /// <param name="trials">n.</param>
    public static Interval OfShare(double hits, long trials)
    {
        double n = trials, z2 = Normal95 * Normal95, share = hits / n;
        var centre = (share + (z2 / (2 * n))) / (1 + (z2 / n));
        var half = Normal95 * Math.Sqrt((share * (1 - share) / n) + (z2 / (4 * n * n))) / (1 + (z2 / n));
        return new(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
