namespace Dfx.Data.Images;

/// <summary>Decodes JPEG images with Skia.</summary>
internal static class JpegPixels
{
    /// <summary>Whether a file starts as JPEG files do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file is [0xff, 0xd8, 0xff, ..];

    /// <summary>Decodes to RGB. The orientation that a camera noted is not applied.</summary>
    /// <exception cref="InvalidDataException">It is cut off, damaged, or has four channels (CMYK).</exception>
    public static void Decode(ReadOnlySpan<byte> jpeg, PixelBuffer image)
    {
        JpegSegments.Check(jpeg);
        SkiaPixels.Decode(jpeg, JpegSegments.MaxPixelsPerByte, image);
    }
}
