namespace Dfx.Data.Images;

/// <summary>A part of an image, in pixels from its upper left corner.</summary>
internal readonly record struct Region(int X, int Y, int Width, int Height)
{
    /// <summary>All of an image.</summary>
    public static Region All(PixelBuffer image) => new(0, 0, image.Width, image.Height);

    /// <summary>The centred square of a side; where the rest is odd, the square lies half a pixel up and to the left.</summary>
    /// <exception cref="InvalidDataException">The image is smaller.</exception>
    public static Region Centre(PixelBuffer image, int side) => side <= image.Width && side <= image.Height
        ? new((image.Width - side) / 2, (image.Height - side) / 2, side, side)
        : throw new InvalidDataException($"{image.Width}x{image.Height} pixels; expected at least {side}x{side}");

    /// <summary>The largest centred square.</summary>
    public static Region Square(PixelBuffer image) => Centre(image, Math.Min(image.Width, image.Height));
}
