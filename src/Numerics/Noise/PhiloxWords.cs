namespace Dfx.Numerics.Noise;

/// <summary>Four 32-bit words: a counter of Philox4x32, or the block of random words which that counter yields.</summary>
/// <param name="W0">Word 0. In a counter it is the word that <see cref="Philox4x32.Fill"/> advances.</param>
/// <param name="W1">Word 1.</param>
/// <param name="W2">Word 2.</param>
/// <param name="W3">Word 3.</param>
public readonly record struct PhiloxWords(uint W0, uint W1, uint W2, uint W3)
{
    /// <summary>The word at a position.</summary>
    /// <param name="position">The position, 0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is not 0, 1, 2 or 3.</exception>
    public uint this[int position] => position switch
    {
        0 => W0,
        1 => W1,
        2 => W2,
        3 => W3,
        _ => throw new ArgumentOutOfRangeException(nameof(position), position, "a Philox block has words 0 to 3"),
    };

    /// <summary>The counter that lies <paramref name="blocks"/> blocks further; word 0 wraps modulo 2^32, the others stay.</summary>
    /// <param name="blocks">How many blocks to move on.</param>
    public PhiloxWords Advance(uint blocks) => this with { W0 = unchecked(W0 + blocks) };
}
