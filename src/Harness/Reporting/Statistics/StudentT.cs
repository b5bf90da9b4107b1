using MathNet.Numerics;

namespace Dfx.Harness.Reporting.Statistics;

/// <summary>Student's t distribution with whole degrees of freedom.</summary>
internal static class StudentT
{
    /// <summary>P(T &gt; t) for t of 0 or more.</summary>
    internal static double UpperTail(double t, int freedom) =>
        SpecialFunctions.BetaRegularized(freedom / 2.0, 0.5, freedom / (freedom + (t * t))) / 2;

    /// <summary>The t above 0 with P(T &gt; t) = <paramref name="tail"/>, to about 13 digits; those of two and three seeds to the last.</summary>
    /// <param name="tail">Above 0 and below 0.5.</param>
    /// <param name="freedom">At least 1.</param>
    internal static double UpperQuantile(double tail, int freedom) => freedom switch
    {
        1 => 1 / Math.Tan(Math.PI * tail),
        2 => (1 - (2 * tail)) * Math.Sqrt(1 / (2 * tail * (1 - tail))),
        _ => Tails.Quantile(t => UpperTail(t, freedom), tail),
    };
}
