using System.Text.RegularExpressions;

namespace Dfx.Data.Recipes;

/// <summary>A part of a dataset that a folder can hold.</summary>
internal enum PartKind
{
    /// <summary>Training images.</summary>
    Train,

    /// <summary>Test images.</summary>
    Test,

    /// <summary>Validation images: the test part where there is no other.</summary>
    Validation,
}

/// <summary>What the names of folders say about parts.</summary>
internal static partial class PartNames
{
    private static readonly Dictionary<string, PartKind> s_parts = new(StringComparer.Ordinal)
    {
        ["train"] = PartKind.Train,
        ["training"] = PartKind.Train,
        ["trn"] = PartKind.Train,
        ["test"] = PartKind.Test,
        ["testing"] = PartKind.Test,
        ["tst"] = PartKind.Test,
        ["val"] = PartKind.Validation,
        ["valid"] = PartKind.Validation,
        ["validation"] = PartKind.Validation,
        ["dev"] = PartKind.Validation,
    };

    /// <summary>The names of parts, for messages.</summary>
    public static string Known { get; } = string.Join("; ", s_parts.GroupBy(part => part.Value, part => part.Key).Select(names => string.Join(", ", names)));

    private static readonly HashSet<string> s_heldOut = ["eval", "evaluation", "heldout", "holdout"];

    private static readonly HashSet<string> s_unlabelled = ["extra", "unlabeled", "unlabelled", "unsup", "unsupervised"];

    // Words that say nothing about what an image shows.
    private static readonly HashSet<string> s_idle =
    [
        "all", "batch", "data", "dataset", "dir", "file", "files", "final", "fold", "folder", "full", "image", "images", "img", "imgs", "jpeg", "jpg",
        "new", "old", "original", "part", "photo", "photos", "pic", "pics", "picture", "pictures", "png", "private", "public", "raw", "sample", "samples",
        "set", "sets", "small", "split",
    ];

    /// <summary>The part that a folder of this name is: a name of the list in any case, with "set" behind it or not.</summary>
    public static PartKind? Of(string folder)
    {
        var name = folder.ToLowerInvariant();
        var stem = name.EndsWith("set", StringComparison.Ordinal) ? name[..^3].TrimEnd('_', '-', ' ') : name;
        return s_parts.TryGetValue(stem, out var kind) ? kind : null;
    }

    /// <summary>The one part that a name speaks of, as seg_train does; null if it speaks of none or of several.</summary>
    public static PartKind? Meant(string folder) =>
        Of(folder) ?? (Words(folder).SelectMany(Parts).Distinct().ToList() is [var kind] ? kind : null);

    /// <summary>Whether a name speaks of a part and of nothing that an image could show, such as test1, train_a or val_images, and is no part's.</summary>
    public static bool IsAlike(string folder)
    {
        var words = Words(folder);
        return Of(folder) is null && words.Any(IsPart)
            && words.TrueForAll(word => IsPart(word) || word.Length == 1 || char.IsDigit(word[0]) || s_idle.Contains(word) || s_unlabelled.Contains(word));
    }

    /// <summary>Whether a name says that images have no class.</summary>
    public static bool IsUnlabelled(string folder) => Words(folder) is var words && words.Any(s_unlabelled.Contains)
        && words.TrueForAll(word => s_unlabelled.Contains(word) || word.Length == 1 || char.IsDigit(word[0]) || s_idle.Contains(word));

    /// <summary>Whether there are classes and all of them have names as parts have them.</summary>
    public static bool AreParts(IReadOnlyList<string> classes)
    {
        var pairs = Pairs(classes).ToHashSet();
        return classes.Count > 0 && classes.All(name => Of(name) is not null || IsAlike(name) || pairs.Contains(name));
    }

    /// <summary>The folders whose names differ from another's in the part alone, as seg_train and seg_test do.</summary>
    public static IEnumerable<string> Pairs(IEnumerable<string> folders) => folders
        .Where(folder => Meant(folder) is not null)
        .GroupBy(folder => string.Join(' ', Words(folder).Select(word => s_parts.ContainsKey(word) ? "*" : word)))
        .Where(group => group.DistinctBy(Meant).Count() > 1)
        .SelectMany(group => group);

    private static List<string> Words(string folder) => [.. Word().Matches(folder).Select(match => match.Value.ToLowerInvariant())];

    private static bool IsPart(string word) => s_heldOut.Contains(word) || Parts(word).Any();

    // A word may be two in one: trainval, testdata.
    private static IEnumerable<PartKind> Parts(string word) => s_parts.TryGetValue(word, out var kind)
        ? [kind]
        : s_parts.Where(part => word.StartsWith(part.Key, StringComparison.Ordinal))
            .SelectMany(part => word[part.Key.Length..] is var rest && s_parts.TryGetValue(rest, out var second) ? [part.Value, second]
                : s_idle.Contains(rest) ? new[] { part.Value } : []);

    // Camel case and digits begin words too: trainA, val2017.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lt}\p{Lm}]+|\p{Nd}+")]
    private static partial Regex Word();
}
