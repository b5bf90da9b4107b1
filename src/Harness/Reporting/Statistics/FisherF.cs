using MathNet.Numerics;

namespace Dfx.Harness.Reporting.Statistics;

/// <summary>Fisher's F distribution: the ratio of two sample variances of one normal population.</summary>
internal static class FisherF
{
    /// <summary>P(F &gt; f) with the degrees of freedom of numerator and denominator.</summary>
    internal static double UpperTail(double f, int numerator, int denominator) =>
        SpecialFunctions.BetaRegularized(denominator / 2.0, numerator / 2.0, denominator / (denominator + (numerator * f)));

    /// <summary>The f with P(F &gt; f) = <paramref name="tail"/>, to about 12 digits.</summary>
    internal static double UpperQuantile(double tail, int numerator, int denominator) =>
        Tails.Quantile(f => UpperTail(f, numerator, denominator), tail);
}
