namespace Dfx.Data.Images;

/// <summary>An 8-bit image without a tensor: for those who put pictures together and compute nothing.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Channels">1 for grey, 3 for RGB.</param>
/// <param name="Pixels">Row by row from the top, the channels of a pixel side by side.</param>
public sealed record PixelImage(int Width, int Height, int Channels, ReadOnlyMemory<byte> Pixels)
{
    /// <summary>A part of the image.</summary>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="width">Its width; it must lie within the image.</param>
    /// <param name="height">Its height.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within the image.</exception>
    public PixelImage Crop(int x, int y, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(x + width, Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(y + height, Height);
        var part = new byte[width * height * Channels];
        for (var row = 0; row < height; row++)
        {
            Pixels.Span.Slice((((y + row) * Width) + x) * Channels, width * Channels).CopyTo(part.AsSpan(row * width * Channels));
        }

        return new(width, height, Channels, part);
    }
}
