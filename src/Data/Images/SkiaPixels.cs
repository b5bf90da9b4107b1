using System.Runtime.InteropServices;
using SkiaSharp;

namespace Dfx.Data.Images;

/// <summary>Decodes images with Skia, whole and as stored: no colour management, transparent pixels on white.</summary>
internal static unsafe class SkiaPixels
{
    private const byte White = 255;
    private const int WithAlpha = 4;

    /// <summary>Decodes to RGB. What is transparent is laid on white: (a c + (255 - a) 255) / 255, rounded.</summary>
    /// <param name="file">The content of a file.</param>
    /// <param name="maxPixelsPerByte">How many pixels a byte of such a file can hold.</param>
    /// <param name="image">The result.</param>
    /// <exception cref="InvalidDataException">It cannot be decoded, or only in part.</exception>
    public static void Decode(ReadOnlySpan<byte> file, long maxPixelsPerByte, PixelBuffer image)
    {
        fixed (byte* source = file)
        {
            using var data = SKData.Create((nint)source, file.Length);
            using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("no readable image: its header is damaged or of an unknown kind");
            CheckSize(codec.Info.Width, codec.Info.Height, file.Length, maxPixelsPerByte);
            var pixels = image.Resize(codec.Info.Width, codec.Info.Height, WithAlpha);
            Read(codec, pixels);
            LayOnWhite(pixels);
        }
    }

    /// <summary>Checks that a file can hold the pixels that its header says it has, before anybody makes room for them.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    public static void CheckSize(int width, int height, int length, long maxPixelsPerByte)
    {
        if ((long)width * height > length * maxPixelsPerByte)
        {
            throw new InvalidDataException($"its header says {width}x{height} pixels, which {length} bytes cannot hold: the file is cut off or damaged");
        }
    }

    // No colour space is asked for, so that none is converted to; alpha is not multiplied into the colours, which would round them.
    private static void Read(SKCodec codec, Span<byte> pixels)
    {
        fixed (byte* target = pixels)
        {
            var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            var result = codec.GetPixels(info, (nint)target);
            if (result != SKCodecResult.Success)
            {
                throw new InvalidDataException($"no readable image: it is cut off or damaged (Skia says \"{result}\")");
            }
        }
    }

    // In place: the result is shorter than what was read already.
    private static void LayOnWhite(Span<byte> pixels)
    {
        for (int from = 0, to = 0; from < pixels.Length; from += WithAlpha, to += PixelBuffer.Channels)
        {
            int alpha = pixels[from + PixelBuffer.Channels];
            if (alpha == White)
            {
                // Most images have such pixels alone. The fourth byte is the next one's to write over.
                MemoryMarshal.Write(pixels[to..], MemoryMarshal.Read<uint>(pixels[from..]));
                continue;
            }

            for (var c = 0; c < PixelBuffer.Channels; c++)
            {
                pixels[to + c] = (byte)(((alpha * pixels[from + c]) + ((White - alpha) * White) + (White / 2)) / White);
            }
        }
    }
}
