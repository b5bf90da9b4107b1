using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>Every kind of fill as a method of one shape: the bit patterns of <paramref name="length"/> numbers from a start on.</summary>
internal delegate ulong[] BitFill(NoiseKey key, uint sample, uint draw, int length, long start);

/// <summary>The fills that the tests of structure go through, by name.</summary>
internal static class Fills
{
    public static readonly string[] Names = ["Bits", "Uniforms float", "Uniforms double", "Normals float", "Normals double", "Integers"];

    public static BitFill Of(string name) => name switch
    {
        "Bits" => (key, sample, draw, length, start) =>
            Run<uint>(length, into => NoiseSource.Bits(key, sample, draw, into, start), x => x),
        "Uniforms float" => (key, sample, draw, length, start) =>
            Run<float>(length, into => NoiseSource.Uniforms(key, sample, draw, into, start), x => BitConverter.SingleToUInt32Bits(x)),
        "Uniforms double" => (key, sample, draw, length, start) =>
            Run<double>(length, into => NoiseSource.Uniforms(key, sample, draw, into, start), BitConverter.DoubleToUInt64Bits),
        "Normals float" => (key, sample, draw, length, start) =>
            Run<float>(length, into => NoiseSource.Normals(key, sample, draw, into, start), x => BitConverter.SingleToUInt32Bits(x)),
        "Normals double" => (key, sample, draw, length, start) =>
            Run<double>(length, into => NoiseSource.Normals(key, sample, draw, into, start), BitConverter.DoubleToUInt64Bits),

        // A bound that has a quarter of the words rejected.
        "Integers" => (key, sample, draw, length, start) =>
            Run<int>(length, into => NoiseSource.Integers(key, sample, draw, (1 << 30) + 1, into, start), x => (ulong)x),
        _ => throw new ArgumentException($"no fill is called {name}", nameof(name)),
    };

    /// <summary>How many numbers a draw of this kind has.</summary>
    public static long Available(string name) => 1L << (name.EndsWith("double", StringComparison.Ordinal) ? 33 : 34);

    private static ulong[] Run<T>(int length, Action<T[]> fill, Converter<T, ulong> bits)
    {
        var into = new T[length];
        fill(into);
        return Array.ConvertAll(into, bits);
    }
}
