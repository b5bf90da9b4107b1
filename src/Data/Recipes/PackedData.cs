using System.Text;
using Dfx.Data.Idx;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>
/// From a recipe to open data: the packed file in the data folder, a packed file that the user names, or published files that are packed at
/// first use.
/// </summary>
internal static class PackedData
{
    /// <summary>A hash of the file's own hash, and of the classes that are taken. The images are not read.</summary>
    /// <exception cref="DataUnavailableException">The dataset is not there or no good; the message says how to get it.</exception>
    public static string Fingerprint(Recipe recipe, DataContext context, IReadOnlyList<string>? classes = null)
    {
        using var file = Find(recipe, context);
        var facts = string.Join('\n', [recipe.Id, file.Hash, .. classes ?? []]);
        return PinnedFile.Hash(Encoding.UTF8.GetBytes(facts));
    }

    /// <summary>Opens the data.</summary>
    /// <exception cref="DataUnavailableException">The dataset is not there or no good; the message says how to get it.</exception>
    public static IDataSource Open(Recipe recipe, DataContext context, IReadOnlyList<string>? classes = null) => new PackedSource(Find(recipe, context), classes);

    private static PackedFile Find(Recipe recipe, DataContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = Locate(recipe, context);
        var file = PackedFile.Open(path);
        if (file.Facts.Dataset == recipe.Id && file.Facts.Recipe == recipe.Facts)
        {
            return file;
        }

        using (file)
        {
            throw new DataUnavailableException($"{path}: holds {file.Facts.Dataset} ({file.Facts.Recipe}); expected {recipe.Id} ({recipe.Facts}). {recipe.Remedy}");
        }
    }

    private static string Locate(Recipe recipe, DataContext context)
    {
        var root = DataFolder.Root(context.CacheFolder);
        if (context.Path is not { } named)
        {
            var usual = DataFolder.Pack(root, recipe.Name);
            return File.Exists(usual) ? usual : throw new DataUnavailableException($"{usual}: no such file. {recipe.Remedy}");
        }

        return PackedFile.Is(named) ? named : PackOnce(recipe, named, root);
    }

    // Keyed by the content of what was named, never by its time.
    private static string PackOnce(Recipe recipe, string named, string root)
    {
        var target = DataFolder.PackOfPath(root, SourceHash.Of(named, $"{recipe.Id}\n{recipe.Facts}"));
        if (!File.Exists(target))
        {
            Adding.Pack(recipe, named, root, target, new(), CancellationToken.None);
        }

        return target;
    }
}
