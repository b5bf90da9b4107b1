namespace Dfx.Numerics.Noise;

/// <summary>
/// Random numbers as a pure function of (seed, stream, sample, draw, index): no state, so safe to call from many threads.
/// The words come from <see cref="Philox4x32"/> with the seed as key and the counter (block, draw, sample, stream).
/// </summary>
/// <remarks>
/// <para>
/// A number depends on its index in the draw alone: a shorter fill is the beginning of a longer one, and a draw may be filled in
/// pieces, in any order, with <c>start</c>. The bits are the same on every machine, whatever its vector width.
/// </para>
/// <para>
/// All methods read the same words. Two fills that must be independent of each other need different draws, samples, streams or
/// seeds, also if one is of normals and the other of uniforms.
/// </para>
/// <para>
/// A draw has 2^34 words, so 2^34 numbers of 32 bits or 2^33 of 64 bits. Every method throws
/// <see cref="ArgumentOutOfRangeException"/>, an <see cref="ArgumentException"/>, where a fill would start below 0 or end beyond.
/// </para>
/// </remarks>
public static partial class NoiseSource
{
    /// <summary>Fills a span with uniform 32-bit words. Word i is word i mod 4 of block i / 4.</summary>
    /// <param name="key">Seed and stream.</param>
    /// <param name="sample">Which sample of a batch or data set the numbers are for.</param>
    /// <param name="draw">Which of that sample's draws, such as the step of a sampler.</param>
    /// <param name="into">What is filled; any length.</param>
    /// <param name="start">The index, within the draw, of the span's first number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fill leaves the draw.</exception>
    public static void Bits(NoiseKey key, uint sample, uint draw, Span<uint> into, long start = 0) =>
        new NoiseDraw(key, sample, draw).Fill<uint, WordKernel>(start, into);

    /// <summary>
    /// Fills a span with uniforms in the open interval (0, 1): number i is k 2^-24 with k the top 24 bits of word i, and 2^-25 in
    /// place of 0, so that logarithms and quotients stay finite.
    /// </summary>
    /// <inheritdoc cref="Bits" path="/param|/exception"/>
    public static void Uniforms(NoiseKey key, uint sample, uint draw, Span<float> into, long start = 0) =>
        new NoiseDraw(key, sample, draw).Fill<float, UniformSingleKernel>(start, into);

    /// <summary>
    /// Fills a span with uniforms in the open interval (0, 1): number i is k 2^-53 with k the top 53 bits of words 2i (low) and
    /// 2i + 1 (high), and 2^-54 in place of 0.
    /// </summary>
    /// <inheritdoc cref="Bits" path="/param|/exception"/>
    public static void Uniforms(NoiseKey key, uint sample, uint draw, Span<double> into, long start = 0) =>
        new NoiseDraw(key, sample, draw).Fill<double, UniformDoubleKernel>(start, into);

    /// <summary>
    /// Fills a span with standard normals, none beyond 6.67 in size: numbers 2i and 2i + 1 are sqrt(-2 ln u) times cosine and sine
    /// of theta, with u = (w | 1) 2^-32 for word 2i and theta = 2 pi w 2^-32 for word 2i + 1 (Box and Muller, 1958). Within 1e-6 of
    /// the exact value.
    /// </summary>
    /// <inheritdoc cref="Bits" path="/param|/exception"/>
    public static void Normals(NoiseKey key, uint sample, uint draw, Span<float> into, long start = 0) =>
        new NoiseDraw(key, sample, draw).Fill<float, NormalSingleKernel>(start, into);

    /// <summary>
    /// Fills a span with standard normals, none beyond 8.66 in size: numbers 2i and 2i + 1 come from the words 4i to 4i + 3, two for
    /// u (54 bits, odd) and two for theta (55 bits). Within 1e-14 of the exact value. Not the single precision normals of the draw.
    /// </summary>
    /// <inheritdoc cref="Bits" path="/param|/exception"/>
    public static void Normals(NoiseKey key, uint sample, uint draw, Span<double> into, long start = 0) =>
        new NoiseDraw(key, sample, draw).Fill<double, NormalDoubleKernel>(start, into);
}
