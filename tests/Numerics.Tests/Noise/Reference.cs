using MathNet.Numerics;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>What the numbers should be, in double precision and with the runtime's own functions: shares no code with the source.</summary>
internal static class Reference
{
    /// <summary>The cosine (even) or sine (odd) normal of Box and Muller for a radius u in (0, 1) and a turn in [0, 1).</summary>
    public static double BoxMuller(double minusLogU, double turn, bool odd)
    {
        var radius = Math.Sqrt(2 * minusLogU);
        return radius * (odd ? Math.Sin(2 * Math.PI * turn) : Math.Cos(2 * Math.PI * turn));
    }

    /// <summary>Single precision normal i of a draw, from the words that hold it.</summary>
    public static double NormalSingle(uint radiusWord, uint angleWord, bool odd) =>
        BoxMuller(-Math.Log((radiusWord | 1) / 4294967296.0), angleWord / 4294967296.0, odd);

    /// <summary>Double precision normal i of a draw, from the words that hold it.</summary>
    public static double NormalDouble(ulong radiusWord, ulong angleWord, bool odd)
    {
        // (2k + 1) 2^-54 near 1 needs 54 bits; 1 minus it needs fewer.
        var fromOne = (~(radiusWord >> 11) & ((1UL << 53) - 1)) * 2 + 1;
        var minusLogU = fromOne < 1UL << 53
            ? -LogOnePlus(-Math.ScaleB(fromOne, -54))
            : -Math.Log(Math.ScaleB((radiusWord >> 11) * 2 + 1, -54));
        return BoxMuller(minusLogU, Math.ScaleB(angleWord >> 9, -55), odd);
    }

    /// <summary>The distribution function of the standard normal.</summary>
    public static double NormalCdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    /// <summary>
    /// Whether a count is credible for a binomial of n trials with probability p. Chernoff's bound, an inequality and no approximation:
    /// P(count at least as far out) is at most exp(-n KL(count/n, p)) on either side.
    /// </summary>
    public static bool IsCredible(long count, long trials, double probability, double falseAlarmRate)
    {
        var share = (double)count / trials;
        var divergence = Term(share, probability) + Term(1 - share, 1 - probability);
        return trials * divergence < Math.Log(2 / falseAlarmRate);

        static double Term(double a, double b) => a == 0 ? 0 : a * Math.Log(a / b);
    }

    // Kahan's log1p: the rounding of 1 + x cancels between the quotient's two halves.
    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : x * (Math.Log(sum) / (sum - 1));
    }
}
