using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>What tasks that hide pixels have in common.</summary>
internal static class Observing
{
    /// <summary>The smallest side of an image that these tasks have a meaning for.</summary>
    internal const int SmallestSide = 14;

    /// <summary>Channels of the masked images and their mask.</summary>
    /// <exception cref="NotApplicableException">The images are too small.</exception>
    internal static int Channels(DataShape shape) => Checked(shape).Channels + 1;

    /// <summary>The images with masks of a recipe: what is observed are the known pixels and the mask.</summary>
    /// <exception cref="NotApplicableException">The images are too small.</exception>
    internal static Condition Masked(TaskImages images, MaskRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Masked(images, [.. Enumerable.Repeat(recipe, images.Noise.Count)]);
    }

    /// <summary>The same with a recipe for each image.</summary>
    /// <exception cref="NotApplicableException">The images are too small.</exception>
    internal static Condition Masked(TaskImages images, IReadOnlyList<MaskRecipe> recipes)
    {
        using var scope = torch.NewDisposeScope();
        var shape = Checked(Shape(images.Clean));
        var mask = Known(MaskRecipe.Draw(recipes, images.Noise, shape.Height, shape.Width)).to(images.Clean.device);

        // Chosen, not multiplied: nothing of a hidden pixel gets through, not even that it is no number.
        var known = torch.where(mask.gt(0), images.Clean, torch.zeros_like(images.Clean));
        return new()
        {
            Channels = torch.cat([known, mask], 1).MoveToOuterDisposeScope(),
            Known = known.MoveToOuterDisposeScope(),
            Mask = mask.MoveToOuterDisposeScope(),
        };
    }

    /// <summary>The shape of one image of a batch.</summary>
    internal static DataShape Shape(torch.Tensor images) => new((int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);

    /// <summary>1 where a pixel is known: a new float32 CPU tensor [N, 1, H, W].</summary>
    internal static torch.Tensor Known(IReadOnlyList<HiddenPixels> masks)
    {
        var (height, width) = (masks[0].Height, masks[0].Width);
        var values = new float[masks.Count * height * width];
        for (var i = 0; i < masks.Count; i++)
        {
            masks[i].WriteKnown(values.AsSpan(i * height * width, height * width));
        }

        return torch.tensor(values, [masks.Count, 1, height, width]);
    }

    /// <summary>The shape, if it is large enough.</summary>
    internal static DataShape Checked(DataShape shape) => Math.Min(shape.Height, shape.Width) >= SmallestSide
        ? shape
        : throw new NotApplicableException($"pixels are hidden in images of at least {SmallestSide}x{SmallestSide}; these are {shape}");
}
