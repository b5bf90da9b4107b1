namespace Dfx.Data.Images;

/// <summary>Decodes images of the kinds that datasets have. Which kind it is, the first bytes say, whatever the file's name.</summary>
internal static class ImagePixels
{
    private static readonly string[] s_extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>Whether a file's name is that of an image.</summary>
    public static bool IsName(string name) => s_extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Decodes to 8-bit RGB.</summary>
    /// <exception cref="InvalidDataException">It is no whole PNG or JPEG image, or one that would lose something: 16 bits, CMYK.</exception>
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
        else
        {
            throw new InvalidDataException($"starts with the bytes {Convert.ToHexString(file[..Math.Min(4, file.Length)])}; expected a PNG or JPEG image");
        }
    }
}
