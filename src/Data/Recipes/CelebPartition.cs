using System.Text;
using Dfx.Data.Archives;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>CelebA's list of parts, list_eval_partition: a line an image, with 0 for training, 1 for validation and 2 for test.</summary>
/// <remarks>Source: Liu, Luo, Wang and Tang, "Deep Learning Face Attributes in the Wild", 2015, the dataset's README. Validation images belong
/// to neither part.</remarks>
internal sealed class CelebPartition
{
    private static readonly string[] s_names = ["list_eval_partition.txt", "list_eval_partition.csv"];
    private static readonly char[] s_separators = [' ', '\t', ',', '\r'];
    private readonly string _origin;
    private readonly Dictionary<string, Split?> _parts;

    private CelebPartition(string origin, string name, string text)
    {
        (_origin, Name) = (origin, name);
        _parts = text.Split('\n').Select(line => line.Split(s_separators, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [var image, "0" or "1" or "2"] && image.Contains('.', StringComparison.Ordinal))
            .DistinctBy(words => words[0])
            .ToDictionary(words => words[0], words => words[1] switch { "0" => Split.Train, "2" => Split.Test, _ => (Split?)null });
    }

    /// <summary>The list's name among the files, or its path beside them.</summary>
    public string Name { get; }

    /// <summary>Looks among the files and beside the archive; null if there is no list.</summary>
    public static CelebPartition? Find(ISourceFiles files)
    {
        var memory = Array.Empty<byte>();
        if (files.Names.FirstOrDefault(name => s_names.Contains(Path.GetFileName(name))) is { } inside)
        {
            return new(files.Origin, inside, Encoding.UTF8.GetString(files.Read(inside, ref memory)));
        }

        return Beside(files.Origin).FirstOrDefault() is { } beside ? new(files.Origin, beside, File.ReadAllText(RegularFile.Checked(beside))) : null;
    }

    /// <summary>The lists beside a folder or an archive; the first one is read.</summary>
    public static IEnumerable<string> Beside(string path) => Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(path))) is { } folder
        ? s_names.Select(name => Path.Combine(folder, name)).Where(File.Exists)
        : [];

    /// <summary>The parts of all images.</summary>
    /// <exception cref="DataUnavailableException">The list does not name one.</exception>
    public Layout Layout(IReadOnlyList<string> images)
    {
        Place[] places = [.. images.Select(name => new Place(Of(name), name))];
        var list = Path.GetFileName(Name);
        var validation = places.Count(place => place.Split is null);
        return new(places, $"by {list}", validation == 0 ? [] : [new(validation, "image", $"part 1 of {list}", "validation images")]);
    }

    private Split? Of(string name) => _parts.TryGetValue(Path.GetFileName(name), out var split)
        ? split
        : throw new DataUnavailableException($"{_origin}: list_eval_partition does not name {Path.GetFileName(name)}; expected a line for each image.");
}
