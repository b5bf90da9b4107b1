using Dfx.Data.Folders;
using Dfx.Data.Recipes;
using Dfx.Data.Weights;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Commands.Data;

/// <summary>What <c>dfx data</c> knows by name.</summary>
internal static class KnownData
{
    internal const string FashionMnist = "fashion-mnist";
    internal const string Images = "images";

    private static IEnumerable<string> Ids =>
        [.. KnownRecipes.All.Select(recipe => recipe.Id), FashionMnist, Images, .. PublishedWeights.All.Select(weights => weights.Id)];

    /// <summary>A recipe, or null if the id is no packed dataset's.</summary>
    /// <exception cref="UsageException">The name of images is no name.</exception>
    internal static Recipe? Recipe(string id, ImagesOptions images)
    {
        try
        {
            return id == Images ? KnownRecipes.Images(images) : KnownRecipes.All.FirstOrDefault(recipe => recipe.Id == id);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    /// <summary>Published weights, or null.</summary>
    internal static PublishedWeights? Weights(string id) => PublishedWeights.All.FirstOrDefault(weights => weights.Id == id);

    /// <summary>Whether something has this id, on this machine or not.</summary>
    internal static bool IsKnown(string id) => Ids.Contains(id);

    /// <summary>The error about an id that nothing has.</summary>
    internal static UsageException Unknown(string id)
    {
        var near = NearestName.Of(id, Ids) is { } name ? $" Did you mean '{name}'?" : "";
        return new($"there is no dataset and no file of weights '{id}'.{near} ./dfx data list names them all.");
    }
}
