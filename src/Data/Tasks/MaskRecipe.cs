using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>How masks of one kind are made.</summary>
/// <param name="Numbers">How many uniform numbers a mask takes at most.</param>
/// <param name="Paint">Hides pixels of an image in which all are known.</param>
/// <param name="Largest">A mask that hides a larger share, or nothing, is drawn anew.</param>
internal sealed record MaskRecipe(int Numbers, Action<Draws, HiddenPixels> Paint, double Largest = 1)
{
    // Most masks are accepted; so many refusals in a row mean that no mask fits the image.
    private const int Attempts = 1000;

    /// <summary>A mask for every image of a batch. Attempt k of an image is its k-th draw, so others' failures do not touch it.</summary>
    /// <param name="recipes">The recipe of each image.</param>
    /// <param name="noise">The images' random numbers.</param>
    /// <param name="height">The images' height in pixels.</param>
    /// <param name="width">The images' width in pixels.</param>
    internal static IReadOnlyList<HiddenPixels> Draw(IReadOnlyList<MaskRecipe> recipes, SampleNoise noise, int height, int width)
    {
        var masks = new HiddenPixels?[noise.Count];
        var numbers = recipes.Max(recipe => recipe.Numbers);
        for (var attempt = 0; Array.Exists(masks, mask => mask is null); attempt++)
        {
            if (attempt == Attempts)
            {
                var largest = recipes[Array.IndexOf(masks, null)].Largest;
                throw new InvalidOperationException($"none of {Attempts} masks hides at most {largest:p0} of {height}x{width} pixels");
            }

            var draws = Uniforms(noise, numbers);
            for (var i = 0; i < masks.Length; i++)
            {
                masks[i] ??= recipes[i].Attempt(draws[i], height, width);
            }
        }

        return masks!;
    }

    /// <summary>The next uniforms of every image of a batch, the same bits on any device and in either dtype.</summary>
    internal static IReadOnlyList<Draws> Uniforms(SampleNoise noise, int each)
    {
        using var scope = torch.NewDisposeScope();
        var values = each == 0 ? [] : noise.Uniform(each).to(torch.float32).cpu().data<float>().ToArray();
        return [.. Enumerable.Range(0, noise.Count).Select(i => new Draws(values.AsMemory(i * each, each)))];
    }

    private HiddenPixels? Attempt(Draws draws, int height, int width)
    {
        var mask = new HiddenPixels(height, width);
        Paint(draws, mask);
        return mask.Share is > 0 and var share && share <= Largest ? mask : null;
    }
}
