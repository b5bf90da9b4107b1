using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>What the header of a packed file says.</summary>
/// <param name="Dataset">The dataset's id.</param>
/// <param name="Recipe">What was done to the published images, in words; another recipe is another dataset.</param>
/// <param name="Shape">The shape of every image.</param>
/// <param name="Classes">The names of the classes; empty without labels.</param>
/// <param name="Train">How many training images there are.</param>
/// <param name="Test">How many test images there are.</param>
internal sealed record PackFacts(string Dataset, string Recipe, DataShape Shape, IReadOnlyList<string> Classes, int Train, int Test)
{
    /// <summary>The key of the file's hash in the header.</summary>
    public const string HashKey = "sha256";

    private const string DatasetKey = "dataset";
    private const string RecipeKey = "recipe";
    private const string ClassesKey = "classes";

    /// <summary>The names of the tensors of a part.</summary>
    public static (string Images, string Labels) Names(Split split) =>
        split == Split.Train ? ("train.images", "train.labels") : ("test.images", "test.labels");

    /// <summary>How many images a part has.</summary>
    public int Count(Split split) => split == Split.Train ? Train : Test;

    /// <summary>The tensors: images uint8 [N, C, H, W]; with classes, labels int64 [N].</summary>
    public IEnumerable<KeyValuePair<string, ArrayLayout>> Layouts()
    {
        foreach (var split in Enum.GetValues<Split>())
        {
            var (images, labels) = Names(split);
            yield return new(images, new(ElementType.UInt8, [.. Shape.Batch(Count(split))]));
            if (Classes.Count > 0)
            {
                yield return new(labels, new(ElementType.Int64, [Count(split)]));
            }
        }
    }

    /// <summary>The header's string map.</summary>
    public Dictionary<string, string> Metadata(string hash) => new()
    {
        [DatasetKey] = Dataset,
        [RecipeKey] = Recipe,
        [ClassesKey] = JsonSerializer.Serialize(Classes),
        [HashKey] = hash,
    };

    /// <summary>Reads the facts back.</summary>
    /// <exception cref="DataUnavailableException">The file is no packed dataset.</exception>
    public static PackFacts Of(SafetensorsFile file, string path)
    {
        try
        {
            var text = file.Metadata;
            var classes = JsonSerializer.Deserialize<string[]>(text[ClassesKey])!;
            var (train, test) = (Images(file, Split.Train), Images(file, Split.Test));
            var facts = new PackFacts(
                text[DatasetKey], text[RecipeKey], new((int)train[1], (int)train[2], (int)train[3]), classes, checked((int)train[0]), checked((int)test[0]));
            return facts.Layouts().All(pair => Same(pair.Value, file.Entry(pair.Key).Layout))
                ? facts
                : throw new DataUnavailableException($"{path}: its tensors do not fit each other; expected a packed dataset.");
        }
        catch (Exception error) when (error is KeyNotFoundException or JsonException or OverflowException)
        {
            throw new DataUnavailableException($"{path}: no packed dataset: {error.Message}", error);
        }
    }

    private static ImmutableArray<long> Images(SafetensorsFile file, Split split) => file.Entry(Names(split).Images).Layout is { Shape.Length: 4 } layout
        ? layout.Shape
        : throw new KeyNotFoundException(string.Create(CultureInfo.InvariantCulture, $"the {split} images are no [N, C, H, W]"));

    private static bool Same(ArrayLayout one, ArrayLayout other) => one.Type == other.Type && one.Shape.SequenceEqual(other.Shape);
}
