using System.Text;

namespace Dfx.Numerics.Noise;

/// <summary>Which random numbers a purpose draws from: equal keys give equal numbers, on every machine and in every run.</summary>
/// <param name="Seed">The seed of the run: the 64-bit key of Philox.</param>
/// <param name="Stream">The purpose, so that two of them with one seed share no number: counter word 3 of Philox.</param>
public readonly record struct NoiseKey(ulong Seed, uint Stream)
{
    /// <summary>
    /// The key for a named purpose, as in <c>NoiseKey.For(seed, "sampling")</c>. The stream is the 32-bit FNV-1a hash of the name's
    /// UTF-8 bytes, case and all (RFC 9923): stable for ever, and two given names collide with
    /// probability 2^-32.
    /// </summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">The purpose's name, not empty.</param>
    /// <exception cref="ArgumentException">The name is null or empty.</exception>
    public static NoiseKey For(ulong seed, string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var hash = 0x811C9DC5u;
        foreach (var octet in Encoding.UTF8.GetBytes(purpose))
        {
            hash = unchecked((hash ^ octet) * 0x01000193);
        }

        return new NoiseKey(seed, hash);
    }
}
