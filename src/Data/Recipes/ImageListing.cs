using Dfx.Data.Archives;
using Dfx.Data.Images;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Which images a folder or an archive has, with their parts and classes.</summary>
/// <param name="Items">All images, sorted by name.</param>
/// <param name="Classes">The names of the classes, sorted; empty without labels.</param>
internal sealed record ImageListing(IReadOnlyList<PackItem> Items, IReadOnlyList<string> Classes)
{
    private static readonly string[] s_test = ["test", "val", "validation"];

    /// <summary>
    /// Lists images. A folder that all of them lie in counts as the root. If the root has folders <c>train</c> and one of <c>test</c>,
    /// <c>val</c> and <c>validation</c>, these are the parts; CelebA's list of parts goes before that, and otherwise a hash of the path below
    /// the root decides. With labels, the first folder below the root or the part is the class.
    /// </summary>
    /// <exception cref="DataUnavailableException">There are too few images, or one has no class.</exception>
    public static ImageListing Of(ISourceFiles files, ImageRules rules, bool anyCount)
    {
        string[] images = [.. files.Names.Where(ImagePixels.IsName)];
        CheckCount(files, images.Length, rules, anyCount);
        var root = CommonRoot(images);
        string[] below = [.. images.Select(name => name[root..])];
        var parts = rules.Partition && CelebPartition.Find(files) is { } list ? [.. below.Select(name => (list.Of(name), name))] : Parts(below);
        var taken = images.Zip(parts).Where(image => image.Second.Split is not null).ToList();
        var classes = rules.Labels ? Names(files, taken.Select(image => image.Second.Below)) : [];
        var index = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return new(
            [.. taken.Select(image => new PackItem(image.First, image.Second.Split!.Value, rules.Labels ? index[First(image.Second.Below)] : 0))], classes);
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

    // The length of the folders that all names begin with, up to folders that mean something.
    private static int CommonRoot(string[] images)
    {
        var root = 0;
        while (images[0].IndexOf('/', root) is >= 0 and var end && images[0][root..end] is var folder && folder != "train" && !s_test.Contains(folder)
            && images.All(name => string.CompareOrdinal(name, 0, images[0], 0, end + 1) == 0))
        {
            root = end + 1;
        }

        return root;
    }

    private static (Split? Split, string Below)[] Parts(string[] names)
    {
        var firsts = names.Select(First).ToHashSet(StringComparer.Ordinal);
        if (!firsts.Contains("train") || !s_test.Any(firsts.Contains))
        {
            var hashed = HashSplit.Of(names);
            return [.. names.Select((name, i) => ((Split?)hashed[i], name))];
        }

        return [.. names.Select(name => First(name) == "train" ? ((Split?)Split.Train, name["train/".Length..])
            : s_test.Contains(First(name)) ? (Split.Test, name[(First(name).Length + 1)..]) : (null, name))];
    }

    private static string[] Names(ISourceFiles files, IEnumerable<string> rests)
    {
        string[] names = [.. rests.Select(First).Distinct().Order(StringComparer.Ordinal)];
        return names.Contains("")
            ? throw new DataUnavailableException($"{files.Origin}: images lie beside the folders of classes; expected each image in the folder of its class.")
            : names;
    }

    private static string First(string name) => name.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? name[..end] : "";
}
