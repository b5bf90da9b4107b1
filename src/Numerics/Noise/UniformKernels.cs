using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dfx.Numerics.Noise;

/// <summary>The words themselves, four a block.</summary>
internal readonly struct WordKernel : IGroupKernel<uint>
{
    /// <inheritdoc/>
    public static int PerBlock => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(PhiloxLanes words, Span<uint> group)
    {
        Lanes.ZipEven(words.Words01, words.Words23).AsUInt32().CopyTo(group);
        Lanes.ZipOdd(words.Words01, words.Words23).AsUInt32().CopyTo(group[8..]);
    }
}

/// <summary>24-bit uniforms, four a block: k 2^-24 with k the top 24 bits of the word, and 2^-25 in place of 0.</summary>
internal readonly struct UniformSingleKernel : IGroupKernel<float>
{
    /// <inheritdoc/>
    public static int PerBlock => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(PhiloxLanes words, Span<float> group)
    {
        Map(Lanes.ZipEven(words.Words01, words.Words23)).CopyTo(group);
        Map(Lanes.ZipOdd(words.Words01, words.Words23)).CopyTo(group[8..]);
    }

    // Every step is exact: k has 24 bits, and the scale is a power of two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Map(Vector256<ulong> words) =>
        Vector256.MaxNative(Vector256.ConvertToSingle((words.AsUInt32() >> 8).AsInt32()), Vector256.Create(0.5f)) * (1f / (1 << 24));
}

/// <summary>53-bit uniforms, two a block: k 2^-53 with k the top 53 bits of a 64-bit pair of words, and 2^-54 in place of 0.</summary>
internal readonly struct UniformDoubleKernel : IGroupKernel<double>
{
    /// <inheritdoc/>
    public static int PerBlock => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(PhiloxLanes words, Span<double> group)
    {
        Map(Lanes.ZipEven(words.Words01, words.Words23)).CopyTo(group);
        Map(Lanes.ZipOdd(words.Words01, words.Words23)).CopyTo(group[4..]);
    }

    // Every step is exact: k has 53 bits, and the scale is a power of two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Map(Vector256<ulong> words) =>
        Vector256.MaxNative(Vector256.ConvertToDouble((words >> 11).AsInt64()), Vector256.Create(0.5)) * (1.0 / (1L << 53));
}
