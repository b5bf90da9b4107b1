namespace Dfx.Harness.Reporting.Statistics;

/// <summary>Fisher's F distribution: the ratio of two sample variances of one normal population.</summary>
internal static class FisherF
{
    /// <summary>P(F &gt; f) with the degrees of freedom of numerator and denominator.</summary>
    internal static double UpperTail(double f, int numerator, int denominator) =>
        HalfIntegerBeta.Regularised(denominator / (denominator + (numerator * f)), denominator, numerator);

    /// <summary>The f with P(F &gt; f) = <paramref name="tail"/>.</summary>
    internal static double UpperQuantile(double tail, int numerator, int denominator) =>
        Descent.Root(f => UpperTail(f, numerator, denominator), tail);
}
