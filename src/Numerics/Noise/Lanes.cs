using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dfx.Numerics.Noise;

/// <summary>
/// The few vector operations that Vector256 has no portable name for. Each has a portable twin which gives the same bits, so the
/// instruction set of the machine decides the speed alone.
/// </summary>
internal static class Lanes
{
    /// <summary>The 64-bit products of the low 32 bits of each lane; the high 32 bits of both factors are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ulong> MultiplyLow32(Vector256<ulong> a, Vector256<ulong> b)
    {
        var low = Vector256.Create(0xFFFFFFFFUL);
        return Avx2.IsSupported ? Avx2.Multiply(a.AsUInt32(), b.AsUInt32()) : (a & low) * (b & low);
    }

    /// <summary>Each lane: the low 32 bits of <paramref name="low"/>, and above them the low 32 bits of <paramref name="high"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ulong> Join32(Vector256<ulong> low, Vector256<ulong> high) =>
        Vector256.ConditionalSelect(Vector256.Create(0xFFFFFFFFUL), low, high << 32);

    /// <summary>The 64-bit lanes a0, b0, a2, b2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ulong> ZipEven(Vector256<ulong> a, Vector256<ulong> b) => Avx2.IsSupported
        ? Avx2.UnpackLow(a, b)
        : Vector256.ConditionalSelect(FirstOfTwo, a, Vector256.Shuffle(b, Vector256.Create(0UL, 0, 2, 2)));

    /// <summary>The 64-bit lanes a1, b1, a3, b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ulong> ZipOdd(Vector256<ulong> a, Vector256<ulong> b) => Avx2.IsSupported
        ? Avx2.UnpackHigh(a, b)
        : Vector256.ConditionalSelect(FirstOfTwo, Vector256.Shuffle(a, Vector256.Create(1UL, 1, 3, 3)), b);

    private static Vector256<ulong> FirstOfTwo => Vector256.Create(ulong.MaxValue, 0, ulong.MaxValue, 0);
}
