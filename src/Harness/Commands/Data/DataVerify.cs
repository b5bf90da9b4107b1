using Dfx.Data;
using Dfx.Data.FashionMnist;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Data.Weights;
using Dfx.Sdk;

namespace Dfx.Harness.Commands.Data;

/// <summary><c>dfx data verify</c>: reads every byte again.</summary>
internal static class DataVerify
{
    internal static int Run(IReadOnlyList<string> ids, string root, TextWriter output, CancellationToken cancellation)
    {
        var checks = All(root, output, cancellation);
        if (ids.FirstOrDefault(id => !checks.ContainsKey(id)) is { } unknown)
        {
            throw Missing(unknown, root);
        }

        var damaged = 0;
        foreach (var (id, check) in checks.Where(pair => ids.Count == 0 || ids.Contains(pair.Key)))
        {
            damaged += Passes(id, check, output) ? 0 : 1;
        }

        return damaged == 0 ? 0 : 1;
    }

    private static bool Passes(string id, Action check, TextWriter output)
    {
        try
        {
            check();
            output.WriteLine($"{id}: as it was written");
            return true;
        }
        catch (Exception e) when (e is DataUnavailableException or IOException or UnauthorizedAccessException)
        {
            output.WriteLine($"{id}: DAMAGED. {e.Message}");
            return false;
        }
    }

    /// <summary>A check for everything that is there.</summary>
    private static Dictionary<string, Action> All(string root, TextWriter output, CancellationToken cancellation)
    {
        var checks = new Dictionary<string, Action>(StringComparer.Ordinal);
        var fashion = FashionMnistFiles.Folder(root);
        if (Directory.Exists(fashion))
        {
            checks[KnownData.FashionMnist] = () => FashionMnistDataset.Verify(fashion, CacheFolder.Of("data"));
        }

        var packed = KnownRecipes.All.Select(recipe => DataFolder.Pack(root, recipe.Name)).Where(File.Exists).Concat(DataListing.Named(root));
        foreach (var path in packed)
        {
            checks[Path.GetFileNameWithoutExtension(path)] = () => StepDisplay.Run(output, !Console.IsOutputRedirected, watch =>
            {
                PackedFile.Verify(path, (done, total) => watch(new("hashing", done, total)), cancellation);
                return true;
            });
        }

        foreach (var weights in PublishedWeights.All.Where(weights => File.Exists(DataFolder.Weights(root, weights.Id))))
        {
            checks[weights.Id] = () => WeightFiles.Verify(weights, root);
        }

        return checks;
    }

    private static UsageException Missing(string id, string root) => KnownData.Recipe(id, new()) is { } recipe
        ? new($"{DataFolder.Pack(root, recipe.Name)}: no such file. {recipe.Remedy}")
        : id == KnownData.FashionMnist || KnownData.Weights(id) is not null
            ? new($"{id} is not there: ./dfx data list says how to get it.")
            : KnownData.Unknown(id);
}
