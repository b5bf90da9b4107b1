using Dfx.Data.Images;

namespace Dfx.Data.Recipes;

/// <summary>What a dataset of image files is made of, and into.</summary>
internal sealed record ImageRules
{
    /// <summary>The side of the packed images in pixels; null leaves them as they are, and then all must have one size.</summary>
    public int? Size { get; init; }

    /// <summary>The side of the centred square that is cut out first; null for the largest.</summary>
    public int? Crop { get; init; }

    /// <summary>The one size of the published images; null for any.</summary>
    public (int Width, int Height)? Published { get; init; }

    /// <summary>Whether the published images must all have the same size.</summary>
    public bool Uniform { get; init; }

    /// <summary>Whether images smaller than the packed ones are enlarged instead of refused.</summary>
    public bool Enlarge { get; init; }

    /// <summary>Whether folders are classes.</summary>
    public bool Labels { get; init; }

    /// <summary>Whether a hash decides the parts, whatever folders are called.</summary>
    public bool PartsByHash { get; init; }

    /// <summary>What a user can do whose folders have names of parts and are none, as the end of a sentence; empty for nothing.</summary>
    public string WayOut { get; init; } = "";

    /// <summary>Whether CelebA's list of parts is looked for.</summary>
    public bool Partition { get; init; }

    /// <summary>How many images are published; empty for any number.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [];

    /// <summary>The part of an image that is resized.</summary>
    /// <exception cref="InvalidDataException">It is too small, or not of the published size.</exception>
    public Region Region(PixelBuffer image)
    {
        if (Published is { } size && (image.Width, image.Height) != size)
        {
            throw new InvalidDataException($"{image.Width}x{image.Height} pixels; expected {size.Width}x{size.Height}");
        }

        var region = Crop is { } side ? Images.Region.Centre(image, side) : Images.Region.Square(image);
        return Enlarge || region.Width >= Size
            ? region
            : throw new InvalidDataException($"{image.Width}x{image.Height} pixels; expected at least {Size} on each side");
    }
}
