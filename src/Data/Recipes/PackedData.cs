using System.Text;
using Dfx.Data.Idx;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>
/// From a recipe to open data: the packed file in the data folder, a packed file that the user names, or published files that are packed at
/// first use.
/// </summary>
internal static class PackedData
{
    /// <summary>The version of the rules for parts, classes and images: what a path was packed to by other rules is packed again.</summary>
    private const string Rules = "3";

    /// <summary>The version of the decoder, which also decides pixels.</summary>
    private static readonly string Decoder = $"{typeof(SkiaSharp.SKCodec).Assembly.GetName().Version}";

    /// <summary>A hash of the file's own hash, and of the classes that are taken. The images are not read.</summary>
    /// <param name="recipe">How the dataset is made.</param>
    /// <param name="context">Where its files may lie.</param>
    /// <param name="classes">The classes that are taken; null for all.</param>
    /// <param name="told">Told what is taken for what if this is the first packing of a path.</param>
    /// <exception cref="DataUnavailableException">The dataset is not there or no good; the message says how to get it.</exception>
    public static string Fingerprint(Recipe recipe, DataContext context, IReadOnlyList<string>? classes = null, Action<Intake>? told = null)
    {
        using var file = Find(recipe, context, told);
        var facts = string.Join('\n', [recipe.Id, file.Hash, .. classes ?? []]);
        return PinnedFile.Hash(Encoding.UTF8.GetBytes(facts));
    }

    /// <summary>Opens the data.</summary>
    /// <exception cref="DataUnavailableException">The dataset is not there or no good; the message says how to get it.</exception>
    public static IDataSource Open(Recipe recipe, DataContext context, IReadOnlyList<string>? classes = null) => new PackedSource(Find(recipe, context, null), classes);

    private static PackedFile Find(Recipe recipe, DataContext context, Action<Intake>? told)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = Locate(recipe, context, told);
        var file = PackedFile.Open(path);
        if (Fault(recipe, file.Facts) is not { } fault)
        {
            return file;
        }

        using (file)
        {
            throw new DataUnavailableException($"{path}: {fault} {recipe.Remedy}");
        }
    }

    private static string? Fault(Recipe recipe, PackFacts facts) => facts.Dataset != recipe.Id || facts.Recipe != recipe.Facts
        ? $"holds {facts.Dataset} ({facts.Recipe}); expected {recipe.Id} ({recipe.Facts})."
        : !recipe.PartsByHash && PartNames.AreParts(facts.Classes)
            ? $"its classes are {string.Join(", ", facts.Classes)}: an earlier version took parts for classes. Add it again."
            : null;

    private static string Locate(Recipe recipe, DataContext context, Action<Intake>? told)
    {
        var root = DataFolder.Root(context.CacheFolder);
        if (context.Path is not { } named)
        {
            var usual = DataFolder.Pack(root, recipe.Name);
            return File.Exists(usual) ? usual : throw new DataUnavailableException($"{usual}: no such file. {recipe.Remedy}");
        }

        return PackedFile.Is(named) ? named : PackOnce(recipe, named, root, told);
    }

    // Keyed by everything that decides the result, and by the content of what was named, never by its time.
    private static string PackOnce(Recipe recipe, string named, string root, Action<Intake>? told)
    {
        var target = DataFolder.PackOfPath(root, SourceHash.Of(named, $"{recipe.Id}\n{recipe.Facts}\nrules {Rules}, decoder {Decoder}", recipe.Beside(named)));
        if (!File.Exists(target))
        {
            Adding.Pack(recipe, named, root, target, new(Told: told), CancellationToken.None);
        }

        return target;
    }
}
