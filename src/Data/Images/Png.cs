using Dfx.Numerics.Files;

namespace Dfx.Data.Images;

/// <summary>PNG files of 8-bit grey and RGB images, by libpng (Debian: libpng16-16).</summary>
public static class Png
{
    // A side that no image of ours has; libpng refuses larger ones by default.
    private const long MaxSide = 1_000_000;

    /// <summary>Writes an image to a file, replacing it at once or not at all. Equal images give equal bytes on equal versions of libpng.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="image">uint8 [C, H, W] with 1 channel for grey or 3 for RGB, on any device.</param>
    /// <exception cref="ArgumentException">The tensor has another shape or dtype.</exception>
    /// <exception cref="IOException">The file cannot be written, or libpng refuses the image.</exception>
    public static void Write(string path, torch.Tensor image)
    {
        var bytes = Encode(image);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Reads an image from a file.</summary>
    /// <param name="path">A PNG file of any kind; what is not 8-bit grey or RGB is converted.</param>
    /// <returns>A new uint8 CPU tensor [C, H, W].</returns>
    /// <exception cref="IOException">The file is missing, unreadable, or no whole PNG.</exception>
    public static torch.Tensor Read(string path)
    {
        try
        {
            return Decode(File.ReadAllBytes(path));
        }
        catch (InvalidDataException error)
        {
            throw new IOException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Encodes an image.</summary>
    /// <inheritdoc cref="Write" path="/param[@name='image']|/exception"/>
    public static byte[] Encode(torch.Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        try
        {
            return Encoded(image);
        }
        catch (DllNotFoundException error)
        {
            throw Missing(error);
        }
    }

    /// <summary>Encodes an image that is no tensor.</summary>
    /// <exception cref="IOException">libpng is missing or refuses the image.</exception>
    public static byte[] Encode(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        try
        {
            return Encoded(image.Pixels.Span, image.Height, image.Width, image.Channels);
        }
        catch (DllNotFoundException error)
        {
            throw Missing(error);
        }
    }

    /// <summary>Decodes an image without making a tensor.</summary>
    /// <param name="png">The content of a PNG file.</param>
    /// <exception cref="InvalidDataException">It is no whole PNG.</exception>
    /// <exception cref="IOException">libpng is missing.</exception>
    public static PixelImage DecodePixels(ReadOnlySpan<byte> png)
    {
        try
        {
            return Decoded(png);
        }
        catch (DllNotFoundException error)
        {
            throw Missing(error);
        }
    }

    /// <summary>Decodes an image.</summary>
    /// <param name="png">The content of a PNG file.</param>
    /// <returns>A new uint8 CPU tensor [C, H, W].</returns>
    /// <exception cref="InvalidDataException">It is no whole PNG.</exception>
    public static torch.Tensor Decode(ReadOnlySpan<byte> png)
    {
        var image = Decoded(png);
        using var scope = torch.NewDisposeScope();
        var pixels = torch.empty([image.Height, image.Width, image.Channels], dtype: torch.uint8);
        image.Pixels.Span.CopyTo(pixels.bytes);
        return pixels.permute(2, 0, 1).contiguous().MoveToOuterDisposeScope();
    }

    private static byte[] Encoded(torch.Tensor image)
    {
        var (height, width, channels) = Sides(image);
        using var scope = torch.NewDisposeScope();
        var pixels = image.cpu().permute(1, 2, 0).contiguous();
        return Encoded(pixels.bytes, height, width, channels);
    }

    private static unsafe byte[] Encoded(ReadOnlySpan<byte> pixels, int height, int width, int channels)
    {
        var header = PngImage.New();
        (header.Width, header.Height, header.Format) = ((uint)width, (uint)height, channels == 1 ? PngImage.Grey : PngImage.Rgb);

        // The bound of PNG_IMAGE_PNG_SIZE_MAX, generously: rows with their filter bytes, deflate's overhead, the chunks.
        var raw = (long)height * ((width * channels) + 1);
        var memory = new byte[checked((int)(raw + (raw / 1000) + 4096))];
        var length = (nuint)memory.Length;
        fixed (byte* data = pixels)
        fixed (byte* target = memory)
        {
            if (LibPng.Write(&header, target, &length, 0, data, width * channels, 0) == 0)
            {
                throw new IOException($"libpng refuses a {channels}x{height}x{width} image: {header.Error}");
            }
        }

        return memory[..(int)length];
    }

    private static unsafe PixelImage Decoded(ReadOnlySpan<byte> png)
    {
        var header = PngImage.New();
        fixed (byte* source = png)
        {
            try
            {
                Check(LibPng.BeginRead(&header, source, (nuint)png.Length), header);
                header.Format &= PngImage.Rgb;
                return Pixels(&header);
            }
            finally
            {
                LibPng.Free(&header);
            }
        }
    }

    private static unsafe PixelImage Pixels(PngImage* header)
    {
        var channels = header->Format == PngImage.Grey ? 1 : 3;
        var pixels = new byte[checked((int)header->Height * (int)header->Width * channels)];
        fixed (byte* target = pixels)
        {
            Check(LibPng.FinishRead(header, 0, target, 0, 0), *header);
        }

        return new((int)header->Width, (int)header->Height, channels, pixels);
    }

    private static IOException Missing(DllNotFoundException error) =>
        new("PNG files need libpng16.so.16, which is missing: apt-get install libpng16-16", error);

    private static void Check(int result, PngImage header)
    {
        if (result == 0)
        {
            throw new InvalidDataException($"no readable PNG image: libpng says \"{header.Error}\"");
        }
    }

    private static (int Height, int Width, int Channels) Sides(torch.Tensor image) =>
        image.dtype == torch.uint8 && image.shape is [1 or 3, > 0 and <= MaxSide, > 0 and <= MaxSide]
            ? ((int)image.shape[1], (int)image.shape[2], (int)image.shape[0])
            : throw new ArgumentException(
                $"a PNG image of {image.dtype} [{string.Join(", ", image.shape)}]; expected uint8 [C, H, W] with 1 or 3 channels", nameof(image));
}
