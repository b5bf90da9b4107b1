using Dfx.Numerics.Files;

namespace Dfx.Data.Images;

/// <summary>PNG files of 8-bit grey and RGB images, by Skia.</summary>
public static class Png
{
    // A side that no image of ours has; libpng, which Skia uses, refuses larger ones.
    private const long MaxSide = 1_000_000;

    /// <summary>Writes an image to a file, replacing it at once or not at all. Equal images give equal bytes on equal versions of Skia.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="image">uint8 [C, H, W] with 1 channel for grey or 3 for RGB, on any device.</param>
    /// <exception cref="ArgumentException">The tensor has another shape or dtype.</exception>
    /// <exception cref="IOException">The file cannot be written, or Skia refuses the image.</exception>
    public static void Write(string path, torch.Tensor image)
    {
        var bytes = Encode(image);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Reads an image from a file.</summary>
    /// <param name="path">A PNG file of at most 8 bits a channel; what is not grey or RGB is converted.</param>
    /// <returns>A new uint8 CPU tensor [C, H, W].</returns>
    /// <exception cref="IOException">The file is missing, unreadable, or no whole PNG.</exception>
    public static torch.Tensor Read(string path)
    {
        try
        {
            return Decode(File.ReadAllBytes(RegularFile.Checked(path)));
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
        var (height, width, channels) = Sides(image);
        using var scope = torch.NewDisposeScope();
        return SkiaPng.Encode(image.cpu().permute(1, 2, 0).contiguous().bytes, width, height, channels);
    }

    /// <summary>Encodes an image that is no tensor.</summary>
    /// <exception cref="IOException">Skia refuses the image.</exception>
    public static byte[] Encode(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return SkiaPng.Encode(image.Pixels.Span, image.Width, image.Height, image.Channels);
    }

    /// <summary>Decodes an image without making a tensor.</summary>
    /// <param name="png">The content of a PNG file.</param>
    /// <exception cref="InvalidDataException">It is no whole PNG, or has 16 bits a channel.</exception>
    public static PixelImage DecodePixels(ReadOnlySpan<byte> png)
    {
        if (!PngPixels.Is(png))
        {
            throw new InvalidDataException("no PNG image");
        }

        var image = new PixelBuffer();
        var channels = PngPixels.Decode(png, image) ? 1 : PixelBuffer.Channels;
        var pixels = new byte[image.Width * image.Height * channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = image.Pixels[i * (PixelBuffer.Channels / channels)];
        }

        return new(image.Width, image.Height, channels, pixels);
    }

    /// <summary>Decodes an image.</summary>
    /// <param name="png">The content of a PNG file.</param>
    /// <returns>A new uint8 CPU tensor [C, H, W].</returns>
    /// <inheritdoc cref="DecodePixels" path="/exception"/>
    public static torch.Tensor Decode(ReadOnlySpan<byte> png)
    {
        var image = DecodePixels(png);
        using var scope = torch.NewDisposeScope();
        var pixels = torch.empty([image.Height, image.Width, image.Channels], dtype: torch.uint8);
        image.Pixels.Span.CopyTo(pixels.bytes);
        return pixels.permute(2, 0, 1).contiguous().MoveToOuterDisposeScope();
    }

    private static (int Height, int Width, int Channels) Sides(torch.Tensor image) =>
        image.dtype == torch.uint8 && image.shape is [1 or 3, > 0 and <= MaxSide, > 0 and <= MaxSide]
            ? ((int)image.shape[1], (int)image.shape[2], (int)image.shape[0])
            : throw new ArgumentException(
                $"a PNG image of {image.dtype} [{string.Join(", ", image.shape)}]; expected uint8 [C, H, W] with 1 or 3 channels", nameof(image));
}
