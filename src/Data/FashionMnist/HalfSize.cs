namespace Dfx.Data.FashionMnist;

/// <summary>Images of half the side: each pixel is the mean of 2x2 pixels, rounded half up.</summary>
internal static class HalfSize
{
    /// <summary>Shrinks grey images.</summary>
    /// <param name="pixels">Images one after the other, row by row.</param>
    /// <param name="side">Their side in pixels, even.</param>
    public static byte[] Of(ReadOnlySpan<byte> pixels, int side)
    {
        // All rows of all images follow each other, so pairs of rows are all that matters.
        var half = side / 2;
        var result = new byte[pixels.Length / 4];
        for (var row = 0; row < result.Length / half; row++)
        {
            var upper = pixels.Slice(2 * row * side, side);
            var lower = pixels.Slice(((2 * row) + 1) * side, side);
            for (var column = 0; column < half; column++)
            {
                var sum = upper[2 * column] + upper[(2 * column) + 1] + lower[2 * column] + lower[(2 * column) + 1];
                result[(row * half) + column] = (byte)((sum + 2) / 4);
            }
        }

        return result;
    }
}
