using Dfx.Data.Archives;
using Dfx.Data.Images;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Which images a folder or an archive has, with their parts and classes.</summary>
/// <param name="Items">All images, sorted by name.</param>
/// <param name="Classes">The names of the classes, sorted; empty without labels.</param>
/// <param name="Reading">What decided the parts, and what is not taken.</param>
internal sealed record ImageListing(IReadOnlyList<PackItem> Items, IReadOnlyList<string> Classes, Reading Reading)
{
    /// <summary>
    /// Lists images. CelebA's list of parts decides their parts where the rules ask for it, and otherwise the folders that they lie in. With
    /// labels, the first folder below the root or the part is the class.
    /// </summary>
    /// <exception cref="DataUnavailableException">There are too few images, one has no class, or folders look like parts and are none.</exception>
    public static ImageListing Of(ISourceFiles files, ImageRules rules, bool anyCount)
    {
        string[] images = [.. files.Names.Where(ImagePixels.IsName)];
        CheckCount(files, images.Length, rules, anyCount);
        var list = rules.Partition ? CelebPartition.Find(files) : null;
        var layout = list?.Layout(images) ?? FolderLayout.Of(files.Origin, images, rules);
        var taken = images.Zip(layout.Places).Where(image => image.Second.Split is not null).ToList();
        var classes = rules.Labels ? Names(files, taken, rules) : [];
        var index = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return new(
            [.. taken.Select(image => new PackItem(image.First, image.Second.Split!.Value, rules.Labels ? index[FolderLayout.First(image.Second.Below)] : 0))],
            classes,
            new(layout.Parts, [.. layout.LeftOut, .. Others(files, list?.Name), .. files.LeftOut]));
    }

    private static void CheckCount(ISourceFiles files, int count, ImageRules rules, bool any)
    {
        if (count < 2)
        {
            throw new DataUnavailableException($"{files.Origin}: {count} images; expected at least two files named .png, .jpg or .jpeg.");
        }

        if (!any && rules.Counts.Count > 0 && !rules.Counts.Contains(count))
        {
            throw new DataUnavailableException(
                $"{files.Origin}: {count} images; expected {string.Join(" or ", rules.Counts)}. "
                + "Get the whole dataset, or add it with --any if this is what you want.");
        }
    }

    private static string[] Names(ISourceFiles files, IReadOnlyList<(string Name, Place Place)> taken, ImageRules rules)
    {
        string[] names = [.. taken.Select(image => FolderLayout.First(image.Place.Below)).Distinct().Order(StringComparer.Ordinal)];
        if (names.Contains(""))
        {
            var bare = taken.First(image => FolderLayout.First(image.Place.Below).Length == 0).Name;
            throw new DataUnavailableException($"{files.Origin}: images lie beside the folders of classes, such as {bare}; expected each image in the folder of its class.");
        }

        return rules.PartsByHash || !PartNames.AreParts(names)
            ? names
            : throw new DataUnavailableException(
                $"{files.Origin}: {LeftOut.Few(names)}: folders where classes are expected have names like those of parts. Rename them, or lay them out as parts{rules.WayOut}.");
    }

    // Files that are no images, by their extensions.
    private static IEnumerable<LeftOut> Others(ISourceFiles files, string? list)
    {
        var kinds = files.Names.Where(name => !ImagePixels.IsName(name) && name != list).CountBy(name => Path.GetExtension(name).ToLowerInvariant())
            .OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        string Kind(KeyValuePair<string, int> kind) => (kind.Key == "" ? "without extension" : kind.Key) + (kinds.Count > 1 ? $" {kind.Value}" : "");
        return kinds.Count == 0 ? [] : [new(kinds.Sum(kind => kind.Value), "file", LeftOut.Few([.. kinds.Select(Kind)]), "no PNG or JPEG images")];
    }
}
