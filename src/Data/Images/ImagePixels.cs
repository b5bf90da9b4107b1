namespace Dfx.Data.Images;

/// <summary>Decodes images of the kinds that datasets have. Which kind it is, the first bytes say, whatever the file's name.</summary>
internal static class ImagePixels
{
    /// <summary>The kinds, for messages.</summary>
    public const string Kinds = "PNG, JPEG, WebP or BMP";

    private static readonly string[] s_extensions = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp"];

    /// <summary>The extensions of images, for messages.</summary>
    public static string Extensions { get; } = $"{string.Join(", ", s_extensions[..^1])} or {s_extensions[^1]}";

    /// <summary>Whether a file's name is that of an image.</summary>
    public static bool IsName(string name) => s_extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file starts as images do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => PngPixels.Is(file) || JpegPixels.Is(file) || WebpPixels.Is(file) || BmpPixels.Is(file);

    /// <summary>Decodes to 8-bit RGB.</summary>
    /// <exception cref="InvalidDataException">It is no whole image of these kinds, or one that would lose something: 16 bits, CMYK, an animation.</exception>
    public static void Decode(ReadOnlySpan<byte> file, PixelBuffer image)
    {
        if (PngPixels.Is(file))
        {
            PngPixels.Decode(file, image);
        }
        else if (JpegPixels.Is(file))
        {
            JpegPixels.Decode(file, image);
        }
        else if (WebpPixels.Is(file))
        {
            WebpPixels.Decode(file, image);
        }
        else if (BmpPixels.Is(file))
        {
            BmpPixels.Decode(file, image);
        }
        else
        {
            throw new InvalidDataException($"starts with the bytes {Convert.ToHexString(file[..Math.Min(4, file.Length)])}; expected a {Kinds} image");
        }
    }
}
