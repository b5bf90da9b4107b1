namespace Dfx.Numerics.Noise;

/// <summary>
/// Maps the words of a draw to integers below a bound, without bias. Source: Lemire, "Fast random integer generation in an
/// interval", 2019, algorithm 5: floor(w n / 2^32), where the words whose product's low half is below 2^32 mod n are rejected.
/// </summary>
/// <remarks>
/// A rejected word is replaced without touching its neighbours' words: its block goes through Philox once more, as a counter, and
/// the same position is read again, until one is accepted. So integer i depends on index i and the bound alone.
/// </remarks>
internal static class BoundedWords
{
    /// <summary>The integer in [0, <paramref name="bound"/>) that the draw has at an index.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="index">The index within the draw.</param>
    /// <param name="word">The draw's word at this index.</param>
    /// <param name="bound">The bound, at least 1.</param>
    internal static int Map(NoiseDraw draw, long index, uint word, int bound)
    {
        var product = (ulong)word * (uint)bound;
        return (uint)product < (uint)bound ? MapWithRejection(draw, index, product, (uint)bound) : (int)(product >> 32);
    }

    private static int MapWithRejection(NoiseDraw draw, long index, ulong product, uint bound)
    {
        var rejectedBelow = unchecked(0 - bound) % bound; // 2^32 mod bound
        var block = Philox4x32.Block(draw.Counter((uint)(index / 4)), draw.Key.Seed);
        while ((uint)product < rejectedBelow)
        {
            block = Philox4x32.Block(block, draw.Key.Seed);
            product = (ulong)block[(int)(index % 4)] * bound;
        }

        return (int)(product >> 32);
    }
}
