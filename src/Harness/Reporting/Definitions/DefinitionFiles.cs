using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>
/// What a plugin brings for reports: <c>tables/*.yaml</c>, <c>claims.yaml</c> and <c>published/*.csv</c> in its folder. A run copies them into
/// the results folder, so that reports need no plugin. They are no part of any key.
/// </summary>
internal static class DefinitionFiles
{
    internal const string Claims = "claims.yaml";
    internal const string Tables = "tables";
    internal const string Published = "published";

    /// <summary>Whether a file of a plugin's folder is one of them.</summary>
    internal static bool Has(string folder, string path)
    {
        var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
        return name == Claims
            || (name.StartsWith($"{Tables}/", StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal))
            || (name.StartsWith($"{Published}/", StringComparison.Ordinal) && name.EndsWith(".csv", StringComparison.Ordinal));
    }

    /// <summary>Copies those of some plugins to <c>target/NAME/</c>, and takes away what an earlier run left there.</summary>
    /// <param name="plugins">Names and folders of the plugins.</param>
    /// <param name="libraries">Folders of other plugins, whose published rows may be cited.</param>
    /// <param name="target">Where to. Links in it are left alone, with what lies behind them.</param>
    /// <exception cref="IOException">A folder of a plugin's definitions is a link there.</exception>
    internal static void Copy(IEnumerable<(string Name, string Folder)> plugins, IReadOnlyList<string> libraries, string target)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, folder) in plugins.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            foreach (var file in Of(folder).Concat(Cited(folder, libraries)))
            {
                var path = Path.Combine(target, name, file.Name);
                kept.Add(path);
                Links.MakeFolder(Path.GetDirectoryName(target)!, Path.GetDirectoryName(path)!);
                AtomicFile.Copy(file.Path, path);
            }
        }

        Sweep(target, kept);
    }

    private static IEnumerable<(string Name, string Path)> Of(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => Has(folder, path)).Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(folder, path), path));

    /// <summary>Published rows that a plugin's tables cite and another plugin has.</summary>
    private static IEnumerable<(string Name, string Path)> Cited(string folder, IReadOnlyList<string> libraries) =>
        from name in DefinitionSet.Cited(folder)
        let file = Path.Combine(Published, name + ".csv")
        where !File.Exists(Path.Combine(folder, file))
        let found = libraries.Select(library => Path.Combine(library, file)).FirstOrDefault(File.Exists)
        where found is not null
        select (file, found);

    private static void Sweep(string target, HashSet<string> kept)
    {
        if (Links.Problem(target) is null)
        {
            Links.FilesBelow(target).Where(path => !kept.Contains(path)).ToList().ForEach(File.Delete);
        }
    }
}
