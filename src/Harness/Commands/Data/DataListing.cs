using System.Globalization;
using Dfx.Data;
using Dfx.Data.FashionMnist;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Data.Weights;
using Dfx.Sdk;

namespace Dfx.Harness.Commands.Data;

/// <summary><c>dfx data list</c>: a line for each dataset and each file of weights.</summary>
internal static class DataListing
{
    private const string Images = "images";

    internal static int Write(TextWriter output, string root)
    {
        output.WriteLine($"data folder  {root}");
        output.WriteLine("datasets");
        Line(output, KnownData.FashionMnist, FashionMnist(root));
        foreach (var recipe in KnownRecipes.All)
        {
            Line(output, recipe.Id, Packed(DataFolder.Pack(root, recipe.Name), recipe.Remedy));
        }

        var named = Named(root).ToList();
        named.ForEach(file => Line(output, Path.GetFileNameWithoutExtension(file), Packed(file, "")));
        if (named.Count == 0)
        {
            Line(output, Images, ("missing", "./dfx data add images PATH brings any folder or archive of images."));
        }

        output.WriteLine("weights");
        foreach (var weights in PublishedWeights.All)
        {
            Line(output, weights.Id, Weights(weights, root));
        }

        return 0;
    }

    /// <summary>The packed images that the user gave a name.</summary>
    internal static IEnumerable<string> Named(string root) => Directory.Exists(root)
        ? Directory.EnumerateFiles(root, $"{Images}*.safetensors").Order(StringComparer.Ordinal)
        : [];

    private static void Line(TextWriter output, string id, (string State, string Text) found) =>
        output.WriteLine($"  {id,-14}  {found.State,-7}  {found.Text}");

    private static (string State, string Text) FashionMnist(string root)
    {
        try
        {
            _ = new FashionMnistDataset(new()).Fingerprint(new(null, CacheFolder.Of("data")));
            return ("present", $"{FashionMnistFiles.Folder(root)}: 60000 train, 10000 test, 1x28x28");
        }
        catch (DataUnavailableException e)
        {
            return ("missing", e.Message);
        }
    }

    private static (string State, string Text) Packed(string path, string remedy)
    {
        if (!File.Exists(path))
        {
            return ("missing", remedy);
        }

        try
        {
            using var file = PackedFile.Open(path);
            var facts = file.Facts;
            var classes = facts.Classes.Count > 0 ? $", {facts.Classes.Count} classes" : "";
            return ("present", $"{facts.Train} train, {facts.Test} test, {facts.Shape}{classes}, {Size(path)}; {facts.Recipe}");
        }
        catch (DataUnavailableException e)
        {
            return ("broken", e.Message);
        }
    }

    private static (string State, string Text) Weights(PublishedWeights weights, string root)
    {
        var path = DataFolder.Weights(root, weights.Id);
        return File.Exists(path)
            ? ("present", $"{path}, {Size(path)}")
            : ("missing", $"./dfx data add {weights.Id} FILE brings it: {weights.File} of {weights.Publisher}.");
    }

    private static string Size(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(path).Length / (double)(1 << 20):0.0} MiB");
}
