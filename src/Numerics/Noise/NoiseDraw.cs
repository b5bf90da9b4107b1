namespace Dfx.Numerics.Noise;

/// <summary>One draw: 2^32 blocks of four words. Block b is Philox of the counter (b, draw, sample, stream) under the seed.</summary>
internal readonly record struct NoiseDraw(NoiseKey Key, uint Sample, uint Draw)
{
    private const long Blocks = 1L << 32;

    /// <summary>The counter of a block.</summary>
    internal PhiloxWords Counter(uint block) => new(block, Draw, Sample, Key.Stream);

    /// <summary>Fills the span with the draw's numbers from number <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The numbers asked for do not all lie within the draw.</exception>
    internal void Fill<T, TKernel>(long start, Span<T> into)
        where T : unmanaged
        where TKernel : struct, IGroupKernel<T>
    {
        var available = Blocks * TKernel.PerBlock;
        if (start < 0 || start > available - into.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), start, $"a draw has numbers 0 to {available - 1}; {into.Length} were asked for from this start on");
        }

        // A fill of nothing may start at the very end, whose block number does not fit 32 bits: wrapping is harmless there.
        var block = unchecked((uint)(start / TKernel.PerBlock));
        GroupFill<T, TKernel>.Fill(Counter(block), Key.Seed, (int)(start % TKernel.PerBlock), into);
    }
}
