namespace Dfx.Data;

/// <summary>From 8-bit pixels to the values that networks see.</summary>
internal static class PixelValues
{
    // v / 127.5 - 1, rounded once.
    private static readonly float[] s_values = [.. Enumerable.Range(0, 256).Select(v => (float)((v / 127.5) - 1))];

    /// <summary>v / 127.5 - 1 for each byte v: 0 is -1 and 255 is 1. The one normalisation of all datasets of images.</summary>
    public static void Normalise(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        ReadOnlySpan<float> table = s_values;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = table[pixels[i]];
        }
    }
}
