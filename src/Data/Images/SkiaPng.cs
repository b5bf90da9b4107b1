using SkiaSharp;

namespace Dfx.Data.Images;

/// <summary>Encodes 8-bit grey and RGB images as PNG with Skia, without any word on gamma or colours.</summary>
internal static unsafe class SkiaPng
{
    private const int WithAlpha = 4;
    private const byte Opaque = 255;

    // What libpng takes by default: every row the filter that promises most, and zlib's middle level.
    private static readonly SKPngEncoderOptions Options = new(SKPngEncoderFilterFlags.AllFilters, 6);

    /// <summary>Encodes pixels that lie row by row, the channels of a pixel side by side.</summary>
    /// <exception cref="IOException">Skia refuses the image.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        var grey = channels == 1;
        var source = grey ? pixels : Widened(pixels);
        var info = new SKImageInfo(width, height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        fixed (byte* data = source)
        {
            using var pixmap = new SKPixmap(info, (nint)data);
            using var encoded = pixmap.Encode(Options) ?? throw new IOException($"Skia cannot write a {channels}x{height}x{width} image as PNG");
            return encoded.ToArray();
        }
    }

    // Skia has no type of three bytes a pixel; the fourth is not written.
    private static byte[] Widened(ReadOnlySpan<byte> pixels)
    {
        var wide = new byte[pixels.Length / PixelBuffer.Channels * WithAlpha];
        for (int from = 0, to = 0; from < pixels.Length; from += PixelBuffer.Channels, to += WithAlpha)
        {
            pixels.Slice(from, PixelBuffer.Channels).CopyTo(wide.AsSpan(to));
            wide[to + PixelBuffer.Channels] = Opaque;
        }

        return wide;
    }
}
