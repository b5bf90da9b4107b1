using System.Runtime.InteropServices;

namespace Dfx.Numerics.Noise;

/// <content>Integers and random orders.</content>
public static partial class NoiseSource
{
    private const int ChunkLength = 256;

    /// <summary>
    /// Fills a span with integers that are uniform in [0, <paramref name="bound"/>), without bias: number i is floor(w bound / 2^32)
    /// of word i, and where Lemire's method rejects that word, of the word at the same place after its block has gone through Philox
    /// once more.
    /// </summary>
    /// <param name="key">Seed and stream.</param>
    /// <param name="sample">Which sample of a batch or data set the numbers are for.</param>
    /// <param name="draw">Which of that sample's draws.</param>
    /// <param name="bound">The bound, at least 1 and itself excluded.</param>
    /// <param name="into">What is filled; any length.</param>
    /// <param name="start">The index, within the draw, of the span's first number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1, or the fill leaves the draw.</exception>
    public static void Integers(NoiseKey key, uint sample, uint draw, int bound, Span<int> into, long start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var source = new NoiseDraw(key, sample, draw);
        source.Fill<uint, WordKernel>(start, MemoryMarshal.Cast<int, uint>(into));
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = BoundedWords.Map(source, start + i, (uint)into[i], bound);
        }
    }

    /// <summary>Fills a span of length n with a uniformly random order of 0 to n - 1: <see cref="Shuffle"/> of 0, 1, ..., n - 1.</summary>
    /// <param name="key">Seed and stream.</param>
    /// <param name="sample">Which sample of a batch or data set the order is for.</param>
    /// <param name="draw">Which of that sample's draws, such as the epoch.</param>
    /// <param name="into">What is filled; any length. A shorter order is not the beginning of a longer one.</param>
    public static void Permutation(NoiseKey key, uint sample, uint draw, Span<int> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = i;
        }

        Shuffle(key, sample, draw, into);
    }

    /// <summary>
    /// Puts a span's items into a uniformly random order (Fisher and Yates): for i = 1, 2, ... item i changes places with item j,
    /// where j is the integer in [0, i] that <see cref="Integers"/> has at index i of the draw for the bound i + 1.
    /// </summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="key">Seed and stream.</param>
    /// <param name="sample">Which sample of a batch or data set the order is for.</param>
    /// <param name="draw">Which of that sample's draws, such as the epoch.</param>
    /// <param name="items">The items; any number of them.</param>
    public static void Shuffle<T>(NoiseKey key, uint sample, uint draw, Span<T> items)
    {
        var source = new NoiseDraw(key, sample, draw);
        Span<uint> words = stackalloc uint[ChunkLength];
        for (var i = 0; i < items.Length; i++)
        {
            if (i % ChunkLength == 0)
            {
                source.Fill<uint, WordKernel>(i, words);
            }

            var j = BoundedWords.Map(source, i, words[i % ChunkLength], i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
