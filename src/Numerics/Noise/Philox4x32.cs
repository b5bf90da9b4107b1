namespace Dfx.Numerics.Noise;

/// <summary>
/// Philox4x32-10, a bijection of 128-bit counters chosen by a 64-bit key, whose outputs for consecutive counters pass as random.
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3 and table 2.
/// </summary>
/// <remarks>The key's low half is the paper's key word 0, its high half key word 1.</remarks>
public static class Philox4x32
{
    /// <summary>How often the round function is applied; the paper's crush-resistant default.</summary>
    public const int Rounds = 10;

    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;

    // The golden ratio and sqrt(3) - 1 in 0.32 fixed point; each round's key is the one before plus these (a Weyl sequence).
    internal const uint KeyStep0 = 0x9E3779B9;
    internal const uint KeyStep1 = 0xBB67AE85;

    /// <summary>The block of four random words that belongs to one counter: the plain reading of the algorithm, without SIMD.</summary>
    /// <param name="counter">The counter; every value is allowed.</param>
    /// <param name="key">The key; every value is allowed.</param>
    public static PhiloxWords Block(PhiloxWords counter, ulong key)
    {
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            counter = Round(counter, key0, key1);
            key0 = unchecked(key0 + KeyStep0);
            key1 = unchecked(key1 + KeyStep1);
        }

        return counter;
    }

    /// <summary>
    /// The blocks of consecutive counters one after another, with SIMD: words 4i to 4i + 3 are <see cref="Block"/> of
    /// <paramref name="first"/> with i added to its word 0, modulo 2^32. The last block is cut where the span ends.
    /// </summary>
    /// <param name="first">The counter of the first block.</param>
    /// <param name="key">The key.</param>
    /// <param name="into">What is filled; any length.</param>
    public static void Fill(PhiloxWords first, ulong key, Span<uint> into) => GroupFill<uint, WordKernel>.Fill(first, key, 0, into);

    private static PhiloxWords Round(PhiloxWords c, uint key0, uint key1)
    {
        var product0 = (ulong)Multiplier0 * c.W0;
        var product1 = (ulong)Multiplier1 * c.W2;
        return new PhiloxWords(
            (uint)(product1 >> 32) ^ c.W1 ^ key0, (uint)product1,
            (uint)(product0 >> 32) ^ c.W3 ^ key1, (uint)product0);
    }
}
