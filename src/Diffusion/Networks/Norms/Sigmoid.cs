using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dfx.Diffusion;

/// <summary>1 / (1 + exp(-x)) of eight numbers.</summary>
/// <remarks>
/// .NET's exponential computes in float64 and takes three times as long. This one is that of the Cephes library (S. Moshier, expf.c):
/// exp(x) = 2^n exp(r) with |r| at most ln 2 / 2, and a polynomial of degree 6 for exp(r).
/// </remarks>
internal static class Sigmoid
{
    // Adding it rounds to an integer, which stands in the lowest bits: 1.5 · 2^23.
    private const float Rounder = 12582912;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Of(Vector256<float> x) => Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <summary>Within 2 units in the last place; numbers beyond what float32 holds are taken as its ends, NaN as either of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.MaxNative(x, Vector256.Create(-87.3f)), Vector256.Create(88.3f));
        var rounded = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.44269504f), Vector256.Create(Rounder));
        var n = rounded - Vector256.Create(Rounder);
        // ln 2 in two parts: the first one has few bits, so that its product with n is exact.
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        var power = Vector256.FusedMultiplyAdd(Polynomial(r), r * r, r + Vector256<float>.One);
        return (power.AsInt32() + (rounded.AsInt32() << 23)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Polynomial(Vector256<float> r)
    {
        var p = Vector256.FusedMultiplyAdd(Vector256.Create(1.9875691500e-4f), r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        return Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5f));
    }
}
