using Dfx.Data.Emoji;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Data.Weights;

namespace Dfx.Harness.Commands.Data;

/// <summary><c>dfx data fetch ID</c>: gets what a package manager of the user's can get, checks it, and packs it.</summary>
internal static class DataFetch
{
    internal static int Run(string id, string root, TextWriter output, CancellationToken cancellation)
    {
        if (id != KnownRecipes.Emoji.Id)
        {
            throw NotFetched(id);
        }

        using var scratch = Scratch.In(root);
        output.WriteLine($"{id}: npm pack {EmojiPackage.Specification} ({EmojiPackage.Length >> 20} MiB)");
        var archive = Npm.Pack(EmojiPackage.Specification, scratch.Folder, cancellation);
        var hash = WeightFiles.Hash(archive);
        if (hash != EmojiPackage.Sha256)
        {
            throw new UsageException(
                $"{EmojiPackage.Specification}: what npm got has the SHA-256 {hash}; expected {EmojiPackage.Sha256}. "
                + "Nothing was added: try again, or look at npm's registry setting.");
        }

        DataAdd.Pack(KnownRecipes.Emoji, new(id, archive, false, 0, new()), root, output, cancellation);
        return 0;
    }

    private static UsageException NotFetched(string id) => id == KnownData.FashionMnist
        ? new("fashion-mnist comes with Debian: apt-get install dataset-fashion-mnist")
        : KnownData.Recipe(id, new()) is { } recipe
            ? new($"{id} cannot be fetched: its publisher asks for an agreement or a visit. {recipe.Remedy}")
            : KnownData.Weights(id) is { } weights
                ? new($"{id} cannot be fetched. ./dfx data add {id} FILE brings it: FILE is {weights.File} of {weights.Publisher}.")
                : KnownData.Unknown(id);
}
