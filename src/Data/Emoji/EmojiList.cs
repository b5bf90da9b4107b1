using System.Text.Json;
using Dfx.Data.Archives;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Emoji;

/// <summary>The package's emoji.json: the category of each image, and the character that it varies.</summary>
internal static class EmojiList
{
    /// <summary>The categories of <see cref="EmojiPart.Faces"/>.</summary>
    public static readonly IReadOnlyList<string> Faces = ["Smileys & Emotion", "People & Body"];

    /// <summary>How many images the package has.</summary>
    public const int Count = 3786;

    private const string List = "emoji.json";
    private const string Folder = "img/twitter/64/";

    /// <summary>Whether a file of the package is needed.</summary>
    public static bool Wanted(string name) => name.Contains(Folder, StringComparison.Ordinal) || Path.GetFileName(name) == List;

    /// <summary>
    /// Lists the images. The part of an image is decided by the name of its base character, such as 1f44b for 1f44b-1f3fb, so that skin tones
    /// stay together.
    /// </summary>
    /// <exception cref="DataUnavailableException">The list is missing or broken, or an image is not in it.</exception>
    public static ImageListing Of(ISourceFiles files, bool anyCount)
    {
        var known = Read(files);
        string[] images = [.. files.Names.Where(name => name.Contains(Folder, StringComparison.Ordinal) && name.EndsWith(".png", StringComparison.Ordinal))];
        if (images.FirstOrDefault(name => !known.ContainsKey(Path.GetFileName(name))) is { } unknown)
        {
            throw new DataUnavailableException($"{files.Origin}: {unknown} is not in {List}; expected emoji-datasource-twitter 16.0.0.");
        }

        if (images.Length < 2 || (!anyCount && images.Length != Count))
        {
            throw new DataUnavailableException($"{files.Origin}: {images.Length} images in {Folder}; expected {Count}.");
        }

        var entries = images.Select(name => known[Path.GetFileName(name)]).ToList();
        var parts = HashSplit.Of([.. entries.Select(entry => entry.Base)]);
        string[] classes = [.. entries.Select(entry => entry.Category).Distinct().Order(StringComparer.Ordinal)];
        var items = images.Select((name, i) => new PackItem(name, parts[i], Array.IndexOf(classes, entries[i].Category)));
        return new([.. items], classes, new("by a hash of the base characters", []));
    }

    private static Dictionary<string, (string Category, string Base)> Read(ISourceFiles files)
    {
        var name = files.Names.FirstOrDefault(file => Path.GetFileName(file) == List)
            ?? throw new DataUnavailableException($"{files.Origin}: no {List}; expected the package emoji-datasource-twitter.");
        try
        {
            var memory = Array.Empty<byte>();
            using var list = JsonDocument.Parse(files.Read(name, ref memory).ToArray());
            return list.RootElement.EnumerateArray().SelectMany(Images).DistinctBy(image => image.Name)
                .ToDictionary(image => image.Name, image => (image.Category, image.Base), StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or InvalidDataException)
        {
            throw new DataUnavailableException($"{files.Origin}: {name} is broken: {error.Message}", error);
        }
    }

    private static IEnumerable<(string Name, string Category, string Base)> Images(JsonElement entry)
    {
        var image = entry.GetProperty("image").GetString()!;
        var (category, stem) = (entry.GetProperty("category").GetString()!, Path.GetFileNameWithoutExtension(image));
        yield return (image, category, stem);
        if (entry.TryGetProperty("skin_variations", out var variations))
        {
            foreach (var variation in variations.EnumerateObject())
            {
                yield return (variation.Value.GetProperty("image").GetString()!, category, stem);
            }
        }
    }
}
