using Dfx.Data.Archives;
using Dfx.Data.Images;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Which images a folder or an archive has, with their parts and classes.</summary>
/// <param name="Items">All images, sorted by name.</param>
/// <param name="Classes">The names of the classes; empty without labels.</param>
/// <param name="Reading">What decided the parts, and what is not taken.</param>
internal sealed record ImageListing(IReadOnlyList<PackItem> Items, IReadOnlyList<string> Classes, Reading Reading)
{
    /// <summary>
    /// Lists images. CelebA's list of parts decides their parts where the rules ask for it, and otherwise the folders that they lie in. With
    /// labels, a dataset.json decides the class, and otherwise the first folder below the root or the part.
    /// </summary>
    /// <exception cref="DataUnavailableException">There are too few images, one has no class, or folders look like parts and are none.</exception>
    public static ImageListing Of(ISourceFiles files, ImageRules rules, bool anyCount)
    {
        string[] images = [.. files.Names.Where(ImagePixels.IsName)];
        CheckCount(files, images.Length, rules, anyCount);
        var list = rules.Partition ? CelebPartition.Find(files) : null;
        var layout = list?.Layout(images) ?? FolderLayout.Of(files.Origin, images, rules);
        var taken = images.Zip(layout.Places).Where(image => image.Second.Split is not null).ToList();
        var labels = ImageLabels.Of(files, taken, rules);
        string[] used = [.. labels.Files, .. list is null ? Array.Empty<string>() : [list.Name]];
        return new(
            [.. taken.Zip(labels.Labels, (image, label) => new PackItem(image.First, image.Second.Split!.Value, label))],
            labels.Classes,
            new(layout.Parts, [.. layout.LeftOut, .. OtherFiles.Of(files, used), .. files.LeftOut]) { Labels = labels.Files.Count > 0 ? $"by {LeftOut.Few(labels.Files)}" : "" });
    }

    private static void CheckCount(ISourceFiles files, int count, ImageRules rules, bool any)
    {
        if (count < 2)
        {
            var others = string.Concat(OtherFiles.Of(files, []).Select(left => $" {left}."));
            throw new DataUnavailableException($"{files.Origin}: {count} images; expected at least two files named {ImagePixels.Extensions}.{others}");
        }

        if (!any && rules.Counts.Count > 0 && !rules.Counts.Contains(count))
        {
            throw new DataUnavailableException(
                $"{files.Origin}: {count} images; expected {string.Join(" or ", rules.Counts)}. "
                + "Get the whole dataset, or add it with --any if this is what you want.");
        }
    }
}
