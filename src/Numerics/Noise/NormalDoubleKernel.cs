using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dfx.Numerics.Noise;

/// <summary>
/// Standard normals in double precision, two a block: words 0 and 1 give the radius, words 2 and 3 the angle of Box and Muller.
/// The twin of <see cref="NormalSingleKernel"/>, step by step, with longer series; see there for source and reasons.
/// </summary>
internal readonly struct NormalDoubleKernel : IGroupKernel<double>
{
    private const double TwiceLog2 = 2 * 0.6931471805599453094;

    // What the nearest double to 2 ln 2 leaves: 2 ln 2 = 1.38629436111989061883446424291635313...
    private const double TwiceLog2Rest = 4.638093627692599e-17;

    // The bits of the double nearest sqrt(1/2).
    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    /// <inheritdoc/>
    public static int PerBlock => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(PhiloxLanes words, Span<double> group)
    {
        var radius = Radius(words.Words01);
        var (cos, sin) = CosSin(words.Words23);
        var (x, y) = ((radius * cos).AsUInt64(), (radius * sin).AsUInt64());
        Lanes.ZipEven(x, y).AsDouble().CopyTo(group);
        Lanes.ZipOdd(x, y).AsDouble().CopyTo(group[4..]);
    }

    /// <summary>sqrt(-2 ln u) for u = (2k + 1) 2^-54 with k the top 53 bits of the word: from 1.05e-8 to 8.65, never infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Radius(Vector256<ulong> words)
    {
        // Below 2^53 in size, so the conversion is exact; u if u < 1/2 and u - 1 otherwise.
        var odd = ((words.AsInt64() >> 11) << 1) | Vector256<long>.One;
        var signed = Vector256.ConvertToDouble(odd) * (1.0 / (1L << 54));
        var u = signed + (Vector256.LessThan(signed, Vector256<double>.Zero) & Vector256<double>.One);

        var exponent = (u.AsInt64() - Vector256.Create(SqrtHalfBits)) >> 52;
        var f = (u.AsInt64() - (exponent << 52)).AsDouble() - Vector256<double>.One;
        f = Vector256.ConditionalSelect(Vector256.Equals(exponent, Vector256<long>.Zero).AsDouble(), signed, f);

        var e = Vector256.ConvertToDouble(exponent);
        var series = Vector256.FusedMultiplyAdd(Atanh(f / (f + Vector256.Create(2.0))), Vector256.Create(-4.0), e * -TwiceLog2Rest);
        return Vector256.Sqrt(Vector256.FusedMultiplyAdd(e, Vector256.Create(-TwiceLog2), series));
    }

    // a + a^3/3 + ... + a^19/19 for |a| <= 0.172; the term left out is below 2.4e-17 a.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Atanh(Vector256<double> a)
    {
        var square = a * a;
        var sum = Horner(Vector256.Create(1.0 / 19), square, 1.0 / 17);
        sum = Horner(sum, square, 1.0 / 15);
        sum = Horner(sum, square, 1.0 / 13);
        sum = Horner(sum, square, 1.0 / 11);
        sum = Horner(sum, square, 1.0 / 9);
        sum = Horner(sum, square, 1.0 / 7);
        sum = Horner(sum, square, 1.0 / 5);
        sum = Horner(sum, square, 1.0 / 3);
        return Vector256.FusedMultiplyAdd(a * square, sum, a);
    }

    /// <summary>Cosine and sine of theta = 2 pi k 2^-55 with k the top 55 bits of the word; theta lies in [0, 2 pi).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Cos, Vector256<double> Sin) CosSin(Vector256<ulong> words)
    {
        var turn = words + Vector256.Create(1UL << 61);
        var x = Vector256.ConvertToDouble((words << 2).AsInt64() >> 11) * (Math.PI / 4 / (1L << 52));
        var (cos, sin) = (Cos(x * x), Sin(x));

        var swap = ((turn << 1).AsInt64() >> 63).AsDouble();
        var signs = Vector256.Create(1UL << 63);
        return (
            Vector256.ConditionalSelect(swap, sin, cos) ^ ((turn + Vector256.Create(1UL << 62)) & signs).AsDouble(),
            Vector256.ConditionalSelect(swap, cos, sin) ^ (turn & signs).AsDouble());
    }

    // 1 - x^2/2! + ... + x^16/16!; the term left out is below 2.1e-18.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Cos(Vector256<double> square)
    {
        var sum = Horner(Vector256.Create(1.0 / 20922789888000), square, -1.0 / 87178291200);
        sum = Horner(sum, square, 1.0 / 479001600);
        sum = Horner(sum, square, -1.0 / 3628800);
        sum = Horner(sum, square, 1.0 / 40320);
        sum = Horner(sum, square, -1.0 / 720);
        sum = Horner(sum, square, 1.0 / 24);
        sum = Horner(sum, square, -1.0 / 2);
        return Horner(sum, square, 1.0);
    }

    // x - x^3/3! + ... - x^15/15!; the term left out is below 5.9e-17 x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sin(Vector256<double> x)
    {
        var square = x * x;
        var sum = Horner(Vector256.Create(-1.0 / 1307674368000), square, 1.0 / 6227020800);
        sum = Horner(sum, square, -1.0 / 39916800);
        sum = Horner(sum, square, 1.0 / 362880);
        sum = Horner(sum, square, -1.0 / 5040);
        sum = Horner(sum, square, 1.0 / 120);
        sum = Horner(sum, square, -1.0 / 6);
        return Vector256.FusedMultiplyAdd(sum * square, x, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Horner(Vector256<double> sum, Vector256<double> variable, double coefficient) =>
        Vector256.FusedMultiplyAdd(sum, variable, Vector256.Create(coefficient));
}
