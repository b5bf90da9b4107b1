using System.Buffers.Binary;
using System.IO.Hashing;

namespace Dfx.Data.Images;

/// <summary>Decodes PNG images to their stored bytes, whatever gamma or colours the file says they mean; transparent pixels on white.</summary>
internal static class PngPixels
{
    // Deflate packs at most 1032 bytes into one, and a pixel takes a bit at the least.
    private const long MaxPixelsPerByte = 1032 * 8;

    private const int Entry = 3;
    private const int MaxEntries = 256;

    /// <summary>Whether a file starts as PNG files do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    /// <summary>Decodes to RGB. Grey and palettes are converted; what is transparent is laid on white.</summary>
    /// <param name="png">The file.</param>
    /// <param name="image">The result.</param>
    /// <returns>Whether the image is grey: its three channels are the same.</returns>
    /// <exception cref="InvalidDataException">It is cut off, damaged, or has 16 bits a channel, which would lose half of them.</exception>
    public static bool Decode(ReadOnlySpan<byte> png, PixelBuffer image)
    {
        var chunks = PngChunks.Read(png);
        if (chunks.Depth > 8)
        {
            throw new InvalidDataException($"a PNG image of {chunks.Depth} bits a channel; expected 8. Convert it first");
        }

        SkiaPixels.Decode(WholePalette(png, chunks), MaxPixelsPerByte, image);
        return (chunks.Colours & PngChunks.Colour) == 0;
    }

    /// <summary>
    /// A palette may have fewer colours than its pixels can name. The PNG specification shows what is beyond as black, as libpng does;
    /// Skia shows the last colour. So the missing ones are added. A palette that is refused anyway stays as it is.
    /// </summary>
    private static ReadOnlySpan<byte> WholePalette(ReadOnlySpan<byte> png, PngChunks chunks)
    {
        var (at, length) = (chunks.PaletteAt, chunks.PaletteLength);
        var missing = (Entry * Math.Min(MaxEntries, 1 << chunks.Depth)) - length;
        if ((chunks.Colours & PngChunks.Palette) == 0 || length == 0 || length % Entry != 0 || missing <= 0 || chunks.Transparencies > length / Entry)
        {
            return png;
        }

        var end = at + length + PngChunks.Frame;
        if (Crc32.HashToUInt32(png.Slice(at + 4, length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(png[(end - 4)..]))
        {
            return png;
        }

        var whole = new byte[png.Length + missing];
        png[..end].CopyTo(whole);
        BinaryPrimitives.WriteInt32BigEndian(whole.AsSpan(at), length + missing);
        whole.AsSpan(end - 4, missing).Clear();
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(end + missing - 4), Crc32.HashToUInt32(whole.AsSpan(at + 4, length + missing + 4)));
        png[end..].CopyTo(whole.AsSpan(end + missing));
        return whole;
    }
}
