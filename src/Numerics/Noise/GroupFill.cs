using System.Runtime.CompilerServices;

namespace Dfx.Numerics.Noise;

/// <summary>Turns the words of four blocks into numbers of one kind.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
internal interface IGroupKernel<T>
    where T : unmanaged
{
    /// <summary>How many numbers one block yields: 4 or 2.</summary>
    static abstract int PerBlock { get; }

    /// <summary>Writes the numbers of the four blocks in order; the group's length is four times <see cref="PerBlock"/>.</summary>
    static abstract void Expand(PhiloxLanes words, Span<T> group);
}

/// <summary>Fills spans of any length with the numbers of consecutive blocks.</summary>
/// <remarks>
/// The ends of a span that fill no whole group go through the same vector code and a small buffer: a number has the same bits
/// wherever in a fill it stands.
/// </remarks>
internal static class GroupFill<T, TKernel>
    where T : unmanaged
    where TKernel : struct, IGroupKernel<T>
{
    private static int PerGroup => PhiloxLanes.Blocks * TKernel.PerBlock;

    /// <summary>Fills the span with the numbers of the blocks from <paramref name="first"/> on.</summary>
    /// <param name="first">The counter of the first block.</param>
    /// <param name="key">The key of Philox.</param>
    /// <param name="skip">How many numbers of the first block to leave out: 0 to PerBlock - 1.</param>
    /// <param name="into">What is filled; any length.</param>
    // Never inlined: inside a caller, the compiler's inlining budget ran out before the kernel's, at a third of the speed (.NET 10).
    // Optimised at the first call: the tiers before that run vector code many times slower.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Fill(PhiloxWords first, ulong key, int skip, Span<T> into)
    {
        if (skip > 0)
        {
            var head = into[..Math.Min(into.Length, TKernel.PerBlock - skip)];
            FillPart(first, key, skip, head);
            into = into[head.Length..];
            first = first.Advance(1);
        }

        while (into.Length >= PerGroup)
        {
            TKernel.Expand(new PhiloxLanes(first, key), into[..PerGroup]);
            into = into[PerGroup..];
            first = first.Advance(PhiloxLanes.Blocks);
        }

        if (!into.IsEmpty)
        {
            FillPart(first, key, 0, into);
        }
    }

    private static void FillPart(PhiloxWords first, ulong key, int skip, Span<T> into)
    {
        Span<T> group = stackalloc T[PerGroup];
        TKernel.Expand(new PhiloxLanes(first, key), group);
        group.Slice(skip, into.Length).CopyTo(into);
    }
}
