namespace Dfx.Data.Tests;

/// <summary>BMP files of 4x4 pixels.</summary>
internal static class BmpSamples
{
    public const int Side = 4;

    private static readonly uint[] s_masks = [0xff0000, 0xff00, 0xff, 0xff000000];

    /// <summary>RGB, row by row from the top.</summary>
    public static byte[] Pixels { get; } = [.. Enumerable.Range(0, Side * Side * 3).Select(i => (byte)(5 * i))];

    /// <summary>The alpha of a pixel.</summary>
    public static byte Alpha(int pixel) => (byte)(200 - (9 * pixel));

    /// <summary>The rows of the pixels, from the lowest on unless said otherwise; blue comes first.</summary>
    public static byte[] Rows(int bits, bool fromTheTop = false)
    {
        var rows = Pixels.Chunk(3).Select((c, i) => bits == 32 ? (byte[])[c[2], c[1], c[0], Alpha(i)] : [c[2], c[1], c[0]]).Chunk(Side);
        return [.. (fromTheTop ? rows : rows.Reverse()).SelectMany(row => row.SelectMany(pixel => pixel))];
    }

    /// <summary>A file with a header of at least 40 bytes.</summary>
    public static byte[] Bmp(int bits, byte[] pixels, int packing = 0, int header = 40, int height = Side, byte[]? palette = null)
    {
        palette ??= [];
        byte[] masks = packing == 3 ? [.. s_masks.Take(header > 40 ? 4 : 3).SelectMany(mask => BitConverter.GetBytes(mask))] : [];
        byte[] fields =
        [
            .. Four(header), .. Four(Side), .. Four(height), 1, 0, (byte)bits, 0, .. Four(packing), .. Four(pixels.Length), .. Four(2835), .. Four(2835), .. Four(palette.Length / 4), .. Four(0),
            .. masks,
        ];
        byte[] rest = [.. fields, .. new byte[Math.Max(0, header - fields.Length)], .. palette];
        return [.. "BM"u8, .. Four(14 + rest.Length + pixels.Length), .. Four(0), .. Four(14 + rest.Length), .. rest, .. pixels];
    }

    /// <summary>A file with the first header, of 12 bytes.</summary>
    public static byte[] Old(byte[] pixels) => [.. "BM"u8, .. Four(26 + pixels.Length), .. Four(0), .. Four(26), .. Four(12), Side, 0, Side, 0, 1, 0, 24, 0, .. pixels];

    private static byte[] Four(int value) => BitConverter.GetBytes(value);
}
