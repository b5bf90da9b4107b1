using System.Text.Json;
using Dfx.Data.Archives;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>
/// Labels in <c>dataset.json</c>, as the dataset tools of StyleGAN and EDM write them: {"labels": [["00000/img00000000.png", 3], …]}, names from the
/// folder of that file on. A label is a whole number, or a vector in which one number is 1 and the others are 0.
/// </summary>
/// <param name="Files">The files that were read.</param>
/// <param name="Labels">The class of each image that they name.</param>
/// <remarks>Source: NVlabs, dataset_tool.py and training/dataset.py of stylegan2-ada-pytorch, stylegan3 and edm.</remarks>
internal sealed record LabelFile(IReadOnlyList<string> Files, IReadOnlyDictionary<string, int> Labels)
{
    private const string Name = "dataset.json";
    private const string Key = "labels";

    /// <summary>Reads all such files; where several name an image, the deepest counts. Null if there is none, or none has labels.</summary>
    /// <exception cref="DataUnavailableException">One is broken, or has a label that is no class.</exception>
    public static LabelFile? Find(ISourceFiles files)
    {
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] read = [.. files.Names.Where(name => Path.GetFileName(name) == Name).OrderBy(name => name.Length).Where(name => Read(files, name, labels))];
        return read.Length == 0 ? null : new(read, labels);
    }

    private static bool Read(ISourceFiles files, string name, Dictionary<string, int> labels)
    {
        try
        {
            var memory = Array.Empty<byte>();
            using var json = JsonDocument.Parse(files.Read(name, ref memory).ToArray());
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(Key, out var list) || list.ValueKind == JsonValueKind.Null)
            {
                return false; // another program's, or of images without labels
            }

            var folder = name[..^Name.Length];
            foreach (var (image, label) in Pairs(list))
            {
                labels[folder + image.Replace('\\', '/')] = Class(label) ?? throw new InvalidDataException(
                    $"the label of {image} is {Short(label)}; expected a whole number from 0 on, or numbers of which one is 1 and the others are 0");
            }

            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or InvalidDataException)
        {
            throw new DataUnavailableException($"{files.Origin}: {name}: {error.Message}", error);
        }
    }

    // What Python's dict() takes: pairs, or an object.
    private static IEnumerable<(string Image, JsonElement Label)> Pairs(JsonElement list) => list.ValueKind == JsonValueKind.Object
        ? list.EnumerateObject().Select(pair => (pair.Name, pair.Value))
        : list.EnumerateArray().Select(pair => pair.GetArrayLength() == 2
            ? (pair[0].GetString() ?? "", pair[1])
            : throw new InvalidDataException($"{Short(pair)} among the labels; expected pairs of a name and a label"));

    private static int? Class(JsonElement label)
    {
        if (label.ValueKind == JsonValueKind.Number)
        {
            return label.TryGetInt32(out var number) && number >= 0 ? number : null;
        }

        double[] vector = label.ValueKind == JsonValueKind.Array ? [.. label.EnumerateArray().Select(value => value.GetDouble())] : [];
        return vector.Count(value => value == 1) == 1 && vector.Count(value => value == 0) == vector.Length - 1 ? Array.IndexOf(vector, 1) : null;
    }

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? $"{text[..60]}…" : value.GetRawText();
}
