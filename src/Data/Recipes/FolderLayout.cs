using Dfx.Data.Archives;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Parts and classes by the folders that images lie in, and parts by a hash where no folders are parts.</summary>
internal static class FolderLayout
{
    // Other names of parts do not belong to the path that is hashed: as it always was, so that no image changes its part.
    private static readonly string[] s_hashed = ["train", "test", "val", "validation"];

    /// <summary>
    /// Finds parts. The first folders below the one that all images share are parts if one holds training images and another test or
    /// validation images; the rest is in no part, as validation images are where there are test images.
    /// </summary>
    /// <param name="origin">The folder or archive, for errors.</param>
    /// <param name="images">The images' paths; at least one.</param>
    /// <param name="rules">Whether folders can be parts and classes.</param>
    /// <exception cref="DataUnavailableException">The name of a folder looks like a part's, and images would be mixed or mislabelled.</exception>
    public static Layout Of(string origin, string[] images, ImageRules rules)
    {
        var shared = images[0][..Shared(images, _ => true)];
        var part = rules.PartsByHash ? null : PartOf(shared);

        // One class alone in a part is a class all the same.
        var root = images.Any(name => name.IndexOf('/', shared.Length) < 0) ? part ?? shared.Length : shared.Length;
        string[] below = [.. images.Select(name => name[root..])];
        if (rules.PartsByHash)
        {
            return Hashed(images, below, "");
        }

        var folders = below.Select(First).Distinct().Where(name => name.Length > 0).Order(StringComparer.Ordinal).ToList();
        var parts = PartCheck.Parts(origin, folders, below, rules);
        return parts.Count > 0 ? InFolders(below, parts) : Hashed(images, below, part is { } end ? $" in {shared[..end]}" : "");
    }

    /// <summary>The first folder of a path; empty if there is none.</summary>
    public static string First(string path) => path.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? path[..end] : "";

    // How long the folders are that all paths begin with, as far as their names pass.
    private static int Shared(string[] paths, Func<string, bool> passes)
    {
        var root = 0;
        while (paths[0].IndexOf('/', root) is >= 0 and var end && passes(paths[0][root..end])
            && paths.All(path => string.CompareOrdinal(path, 0, paths[0], 0, end + 1) == 0))
        {
            root = end + 1;
        }

        return root;
    }

    // How long a path is up to the last folder that speaks of a part, with it; null if none does.
    private static int? PartOf(string path)
    {
        var folders = path.Split('/');
        var last = Array.FindLastIndex(folders, folder => PartNames.Meant(folder) is not null);
        return last < 0 ? null : folders[..(last + 1)].Sum(folder => folder.Length + 1);
    }

    private static Layout Hashed(string[] images, string[] below, string where)
    {
        var root = Shared(images, folder => !s_hashed.Contains(folder));
        var parts = HashSplit.Of([.. images.Select(name => name[root..])]);
        return new([.. below.Select((name, i) => new Place(parts[i], name))], $"by a hash of the paths{where}", []);
    }

    private static Layout InFolders(string[] below, IReadOnlyDictionary<PartKind, string> parts)
    {
        var (train, validation) = (parts[PartKind.Train], parts.GetValueOrDefault(PartKind.Validation));
        var test = parts.GetValueOrDefault(PartKind.Test) ?? validation!;
        var (inTrain, inTest) = (Inside(below, train), Inside(below, test));
        Place[] places = [.. below.Select(name => First(name) is var folder && folder == train ? new Place(Split.Train, name[inTrain..])
            : folder == test ? new(Split.Test, name[inTest..]) : new(null, name))];
        var others = places.Where(place => place.Split is null).CountBy(place => First(place.Below)).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        return new(places, $"by the folders {train}/ and {test}/", [.. others.Select(pair => Left(pair.Key, pair.Value, validation, test))]);
    }

    // Archives are often unpacked into a folder of their own name: train/train/cat.
    private static int Inside(string[] below, string part)
    {
        string[] own = [.. below.Where(name => First(name) == part)];
        var inside = own[0][..Shared(own, folder => PartNames.Meant(folder) == PartNames.Meant(part))];
        return own.Any(name => name.IndexOf('/', inside.Length) < 0) ? part.Length + 1 : inside.Length;
    }

    private static LeftOut Left(string folder, int count, string? validation, string test) => folder == ""
        ? new(count, "image", "beside the folders of the parts", "in no part")
        : new(count, "image", $"{folder}/", folder == validation ? $"validation images: {test}/ is the test part" : "in no part");
}
