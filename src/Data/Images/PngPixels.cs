namespace Dfx.Data.Images;

/// <summary>Decodes PNG images with libpng, transparent pixels on white.</summary>
internal static unsafe class PngPixels
{
    private const byte White = 255;
    private const int WithAlpha = 4;

    // Deflate packs at most 1032 bytes into one, and a pixel takes a bit at the least.
    private const long MaxPixelsPerByte = 1032 * 8;

    /// <summary>The last chunk, with its checksum: libpng does not look for it once it has all pixels.</summary>
    private static ReadOnlySpan<byte> End => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xae, 0x42, 0x60, 0x82];

    /// <summary>Whether a file starts as PNG files do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    /// <summary>Decodes to RGB. Grey and palettes are converted; what is transparent is laid on white: (a c + (255 - a) 255) / 255, rounded.</summary>
    /// <exception cref="InvalidDataException">It is cut off, damaged, or has 16 bits a channel, which would lose half of them.</exception>
    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public static void Decode(ReadOnlySpan<byte> png, PixelBuffer image)
    {
        if (png.LastIndexOf(End) < 0)
        {
            throw new InvalidDataException("a PNG image without its last chunk: the file is cut off or damaged");
        }

        var header = PngImage.New();
        fixed (byte* source = png)
        {
            try
            {
                Check(LibPng.BeginRead(&header, source, (nuint)png.Length), header);
                Decode(&header, png.Length, image);
            }
            finally
            {
                LibPng.Free(&header);
            }
        }
    }

    private static void Decode(PngImage* header, int length, PixelBuffer image)
    {
        if ((header->Format & PngImage.Linear) != 0)
        {
            throw new InvalidDataException("a PNG image of 16 bits a channel; expected 8. Convert it first");
        }

        if ((long)header->Width * header->Height > length * MaxPixelsPerByte)
        {
            throw new InvalidDataException(
                $"its header says {header->Width}x{header->Height} pixels, which {length} bytes cannot hold: the file is cut off or damaged");
        }

        var transparent = (header->Format & PngImage.Alpha) != 0;
        header->Format = transparent ? PngImage.Rgb | PngImage.Alpha : PngImage.Rgb;
        var memory = image.Resize(header->Width, header->Height, transparent ? WithAlpha : PixelBuffer.Channels);
        fixed (byte* pixels = memory)
        {
            Check(LibPng.FinishRead(header, 0, pixels, 0, 0), *header);
        }

        if (transparent)
        {
            LayOnWhite(memory);
        }
    }

    // In place: the result is shorter than what was read already.
    private static void LayOnWhite(Span<byte> pixels)
    {
        for (int from = 0, to = 0; from < pixels.Length; from += WithAlpha, to += PixelBuffer.Channels)
        {
            int alpha = pixels[from + PixelBuffer.Channels];
            for (var c = 0; c < PixelBuffer.Channels; c++)
            {
                pixels[to + c] = (byte)(((alpha * pixels[from + c]) + ((White - alpha) * White) + (White / 2)) / White);
            }
        }
    }

    private static void Check(int result, PngImage header)
    {
        if (result == 0)
        {
            throw new InvalidDataException($"no readable PNG image: libpng says \"{header.Error}\"");
        }
    }
}
