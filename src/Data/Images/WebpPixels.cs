using System.Buffers.Binary;

namespace Dfx.Data.Images;

/// <summary>Decodes WebP images with Skia, those with loss and those without.</summary>
/// <remarks>Source: RFC 9649, "WebP Image Format", section 2.</remarks>
internal static class WebpPixels
{
    // An image of one colour has a few bytes, whatever its size.
    private const long MaxPixelsPerByte = 1 << 26;

    private const int SizeAt = 4;
    private const int ChunkAt = 12;
    private const int FlagsAt = 20;
    private const byte Animation = 2;

    /// <summary>Whether a file starts as WebP files do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) =>
        file.Length > FlagsAt && file.StartsWith("RIFF"u8) && file[(2 * SizeAt)..].StartsWith("WEBP"u8);

    /// <summary>Decodes to RGB; what is transparent is laid on white.</summary>
    /// <exception cref="InvalidDataException">It is cut off, damaged, or an animation.</exception>
    public static void Decode(ReadOnlySpan<byte> webp, PixelBuffer image)
    {
        var missing = BinaryPrimitives.ReadUInt32LittleEndian(webp[SizeAt..]) + (2L * SizeAt) - webp.Length;
        if (missing > 0)
        {
            throw new InvalidDataException($"a WebP image without its last {missing} bytes: the file is cut off or damaged");
        }

        if (webp[ChunkAt..].StartsWith("VP8X"u8) && (webp[FlagsAt] & Animation) != 0)
        {
            throw new InvalidDataException("an animated WebP image; expected one picture. Convert it first");
        }

        SkiaPixels.Decode(webp, MaxPixelsPerByte, image);
    }
}
