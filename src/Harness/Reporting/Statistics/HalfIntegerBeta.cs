namespace Dfx.Harness.Reporting.Statistics;

/// <summary>
/// The regularised incomplete beta function I_x(a/2, b/2) of whole numbers a and b, which is what Student's and Fisher's distributions need.
/// Source: DLMF 8.17.4 (symmetry) and 8.17.22 (continued fraction, evaluated with the modified method of Lentz).
/// </summary>
internal static class HalfIntegerBeta
{
    private const int MostTerms = 10_000;
    private const double Tiny = 1e-300;

    /// <summary>I_x(twiceA/2, twiceB/2), to about 13 digits, small values too.</summary>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="twiceA">At least 1.</param>
    /// <param name="twiceB">At least 1.</param>
    internal static double Regularised(double x, int twiceA, int twiceB)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var (a, b) = (twiceA / 2.0, twiceB / 2.0);
        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) - LogBeta(twiceA, twiceB));

        // The fraction converges fast on this side alone.
        return x < (a + 1) / (a + b + 2)
            ? front / (a * Fraction(x, a, b))
            : 1 - (front / (b * Fraction(1 - x, b, a)));
    }

    /// <summary>1 + d_1/(1 + d_2/(1 + ...)).</summary>
    private static double Fraction(double x, double a, double b)
    {
        var (value, c, d) = (1.0, 1.0, 0.0);
        for (var m = 1; m <= MostTerms; m++)
        {
            var term = Coefficient(m, x, a, b);
            d = 1 / Apart(1 + (term * d));
            c = Apart(1 + (term / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-15)
            {
                break;
            }
        }

        return value;
    }

    /// <summary>d_m of DLMF 8.17.23 for odd and even m.</summary>
    private static double Coefficient(int m, double x, double a, double b)
    {
        var half = m / 2;
        return m % 2 == 0
            ? half * (b - half) * x / ((a + m - 1) * (a + m))
            : -(a + half) * (a + b + half) * x / ((a + m - 1) * (a + m));
    }

    private static double Apart(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogBeta(int twiceA, int twiceB) => LogGamma(twiceA) + LogGamma(twiceB) - LogGamma(twiceA + twiceB);

    /// <summary>log Gamma(twice/2), by recurrence from Gamma(1/2) = sqrt(pi) and Gamma(1) = 1.</summary>
    private static double LogGamma(int twice)
    {
        var sum = twice % 2 == 1 ? 0.5 * Math.Log(Math.PI) : 0;
        for (var k = twice - 2; k > 0; k -= 2)
        {
            sum += Math.Log(k / 2.0);
        }

        return sum;
    }
}
