using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dfx.Numerics.Noise;

/// <summary>
/// Standard normals in single precision, four a block: words 0 and 1 give normals 0 and 1, words 2 and 3 give normals 2 and 3.
/// Source: Box and Muller, "A note on the generation of random normal deviates", 1958, equation (1):
/// z0 = sqrt(-2 ln u) cos(theta), z1 = sqrt(-2 ln u) sin(theta).
/// </summary>
/// <remarks>
/// Bit-identical on every machine, since each step is an operation that IEEE 754 rounds exactly (+ - * / sqrt fma, conversion).
/// The series are Taylor's, cut where the next term is below the rounding of the sum: no fitted coefficients to trust.
/// </remarks>
internal readonly struct NormalSingleKernel : IGroupKernel<float>
{
    private const float Scale32 = 1f / (1L << 32);
    private const double QuarterPi = Math.PI / 4;

    // 2 ln 2, as the nearest float and the nearest float to what that leaves.
    private const float TwiceLog2 = (float)(2 * 0.6931471805599453094);
    private const float TwiceLog2Rest = (float)(2 * 0.6931471805599453094 - TwiceLog2);

    // The bits of the float nearest sqrt(1/2).
    private const int SqrtHalfBits = 0x3F3504F3;

    /// <inheritdoc/>
    public static int PerBlock => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(PhiloxLanes words, Span<float> group)
    {
        var radius = Radius(words.Words02);
        var (cos, sin) = CosSin(words.Words13);
        var (x, y) = ((radius * cos).AsUInt64(), (radius * sin).AsUInt64());
        var (pair01, pair23) = (Lanes.Join32(x, y), Lanes.Join32(x >> 32, y >> 32));
        Lanes.ZipEven(pair01, pair23).AsSingle().CopyTo(group);
        Lanes.ZipOdd(pair01, pair23).AsSingle().CopyTo(group[8..]);
    }

    /// <summary>sqrt(-2 ln u) for u = (w | 1) 2^-32, which lies in (0, 1): from 2.16e-5 to 6.66, never infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Radius(Vector256<uint> words)
    {
        // As a signed number, w | 1 is u if u < 1/2 and u - 1 otherwise: either way the one that a float holds precisely.
        var signed = Vector256.ConvertToSingle((words | Vector256<uint>.One).AsInt32()) * Scale32;
        var u = signed + (Vector256.LessThan(signed, Vector256<float>.Zero) & Vector256<float>.One);

        // u = (1 + f) 2^exponent with 1 + f in [sqrt(1/2), sqrt(2)).
        var exponent = (u.AsInt32() - Vector256.Create(SqrtHalfBits)) >> 23;
        var f = (u.AsInt32() - (exponent << 23)).AsSingle() - Vector256<float>.One;
        f = Vector256.ConditionalSelect(Vector256.Equals(exponent, Vector256<int>.Zero).AsSingle(), signed, f);

        // -2 ln u = -2 exponent ln 2 - 4 atanh(f / (2 + f)).
        var e = Vector256.ConvertToSingle(exponent);
        var series = Vector256.FusedMultiplyAdd(Atanh(f / (f + Vector256.Create(2f))), Vector256.Create(-4f), e * -TwiceLog2Rest);
        return Vector256.Sqrt(Vector256.FusedMultiplyAdd(e, Vector256.Create(-TwiceLog2), series));
    }

    // a + a^3/3 + ... + a^9/9 for |a| <= 0.172; the term left out is below 2.1e-9 a.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Atanh(Vector256<float> a)
    {
        var square = a * a;
        var sum = Horner(Vector256.Create(1f / 9), square, 1f / 7);
        sum = Horner(sum, square, 1f / 5);
        sum = Horner(sum, square, 1f / 3);
        return Vector256.FusedMultiplyAdd(a * square, sum, a);
    }

    /// <summary>Cosine and sine of theta = 2 pi w 2^-32, which lies in [0, 2 pi).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Cos, Vector256<float> Sin) CosSin(Vector256<uint> words)
    {
        // The nearest multiple of pi/2 goes into the top two bits of `turn`; x, in [-pi/4, pi/4), is what remains of theta.
        var turn = words + Vector256.Create(1u << 29);
        var x = Vector256.ConvertToSingle((words << 2).AsInt32()) * (float)(QuarterPi / (1L << 31));
        var (cos, sin) = (Cos(x * x), Sin(x));

        // A quarter turn swaps the two, cosine changes sign in quarters 1 and 2, sine in quarters 2 and 3.
        var swap = ((turn << 1).AsInt32() >> 31).AsSingle();
        var signs = Vector256.Create(1u << 31);
        return (
            Vector256.ConditionalSelect(swap, sin, cos) ^ ((turn + Vector256.Create(1u << 30)) & signs).AsSingle(),
            Vector256.ConditionalSelect(swap, cos, sin) ^ (turn & signs).AsSingle());
    }

    // 1 - x^2/2! + ... + x^8/8!; the term left out is below 2.5e-8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Cos(Vector256<float> square)
    {
        var sum = Horner(Vector256.Create(1f / 40320), square, -1f / 720);
        sum = Horner(sum, square, 1f / 24);
        sum = Horner(sum, square, -1f / 2);
        return Horner(sum, square, 1f);
    }

    // x - x^3/3! + ... + x^9/9!; the term left out is below 2.3e-9 x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sin(Vector256<float> x)
    {
        var square = x * x;
        var sum = Horner(Vector256.Create(1f / 362880), square, -1f / 5040);
        sum = Horner(sum, square, 1f / 120);
        sum = Horner(sum, square, -1f / 6);
        return Vector256.FusedMultiplyAdd(sum * square, x, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Horner(Vector256<float> sum, Vector256<float> variable, float coefficient) =>
        Vector256.FusedMultiplyAdd(sum, variable, Vector256.Create(coefficient));
}
