using System.Globalization;
using System.Text.RegularExpressions;
using Dfx.Data.Archives;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>The classes of images: those of a <see cref="LabelFile"/> where there is one, otherwise the folders that they lie in.</summary>
/// <param name="Classes">The names of the classes: numbers by their size, folders sorted.</param>
/// <param name="Labels">The class of each image.</param>
/// <param name="Files">The files that gave the labels; none if folders are classes.</param>
internal sealed partial record ImageLabels(IReadOnlyList<string> Classes, IReadOnlyList<int> Labels, IReadOnlyList<string> Files)
{
    /// <summary>Finds the classes of images.</summary>
    /// <param name="files">Where they lie.</param>
    /// <param name="images">The images that are taken.</param>
    /// <param name="rules">Whether there are classes.</param>
    /// <exception cref="DataUnavailableException">An image has no class, or folders are no classes.</exception>
    public static ImageLabels Of(ISourceFiles files, IReadOnlyList<(string Name, Place Place)> images, ImageRules rules) =>
        !rules.Labels ? new([], new int[images.Count], [])
        : LabelFile.Find(files) is { } list ? Numbered(files.Origin, images, list)
        : InFolders(files.Origin, images, rules);

    private static ImageLabels Numbered(string origin, IReadOnlyList<(string Name, Place Place)> images, LabelFile list)
    {
        string[] bare = [.. images.Select(image => image.Name).Where(name => !list.Labels.ContainsKey(name))];
        if (bare.Length > 0)
        {
            throw new DataUnavailableException($"{origin}: {LeftOut.Few(list.Files)} has no label of {bare.Length} images, such as {bare[0]}; expected one for each.");
        }

        var numbers = images.Select(image => list.Labels[image.Name]).ToList();
        int[] classes = [.. numbers.Distinct().Order()];
        return new([.. classes.Select(number => number.ToString(CultureInfo.InvariantCulture))], Indices(numbers, classes), list.Files);
    }

    private static ImageLabels InFolders(string origin, IReadOnlyList<(string Name, Place Place)> images, ImageRules rules)
    {
        if (images.All(image => Counter().IsMatch(image.Name) && image.Place.Below.Count('/') < 2))
        {
            throw new DataUnavailableException(
                $"{origin}: folders such as that of {images[0].Name} count images and are no classes, and no dataset.json has labels. "
                + "Lay each image in the folder of its class, or add it without labels.");
        }

        var folders = images.Select(image => FolderLayout.First(image.Place.Below)).ToList();
        string[] classes = [.. folders.Distinct().Order(StringComparer.Ordinal)];
        if (classes.Contains(""))
        {
            throw new DataUnavailableException(
                $"{origin}: images lie beside the folders of classes, such as {images[folders.IndexOf("")].Name}; expected each image in the folder of its class.");
        }

        return rules.PartsByHash || !PartNames.AreParts(classes)
            ? new(classes, Indices(folders, classes), [])
            : throw new DataUnavailableException(
                $"{origin}: {LeftOut.Few(classes)}: folders where classes are expected have names like those of parts. Rename them, or lay them out as parts{rules.WayOut}.");
    }

    private static int[] Indices<T>(List<T> values, T[] classes)
        where T : notnull
    {
        var index = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return [.. values.Select(value => index[value])];
    }

    // 00000/img00000123.png of the dataset tools of StyleGAN and EDM, and 01000/01234.png of FFHQ.
    [GeneratedRegex(@"(?:^|/)(?:(\d{5})/img\1\d{3}|(\d{2})000/\2\d{3})\.\w+$")]
    private static partial Regex Counter();
}
