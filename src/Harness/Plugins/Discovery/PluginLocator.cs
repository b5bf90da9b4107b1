namespace Dfx.Harness.Plugins.Discovery;

/// <summary>A place where a plugin may lie.</summary>
/// <param name="File">The DLL, or the folder if that lacks its DLL.</param>
/// <param name="Fault">What is wrong with the place itself; null if nothing is.</param>
internal sealed record PluginPlace(PluginFile File, string? Fault = null);

/// <summary>Finds plugins: <c>F/X/X.dll</c> with a folder of its own, and <c>F/X.dll</c> bare.</summary>
internal static class PluginLocator
{
    /// <summary>The plugins of several folders, sorted by path, each once. A folder that does not exist has none.</summary>
    internal static IReadOnlyList<PluginPlace> Find(IEnumerable<string> folders) =>
        [.. folders.Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f)))
            .Distinct(StringComparer.Ordinal)
            .Where(Directory.Exists)
            .SelectMany(In)
            .OrderBy(p => p.File.Path, StringComparer.Ordinal)];

    private static IEnumerable<PluginPlace> In(string folder)
    {
        var bare = Directory.EnumerateFiles(folder, "*.dll").Select(p => new PluginPlace(new(p, OwnsFolder: false)));
        return bare.Concat(Directory.EnumerateDirectories(folder).Select(Owned).OfType<PluginPlace>());
    }

    private static PluginPlace? Owned(string folder)
    {
        var name = Path.GetFileName(folder);
        var dll = Path.Combine(folder, name + ".dll");
        if (File.Exists(dll))
        {
            return new(new(dll, OwnsFolder: true));
        }

        // Without a DLL, or with a project, it is a folder of sources.
        var others = Directory.EnumerateFiles(folder, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        return others.Count == 0 || Directory.EnumerateFiles(folder, "*.csproj").Any()
            ? null
            : new(new(folder, OwnsFolder: true), $"the folder {name} has no {name}.dll, only {string.Join(", ", others)}: "
                + "a plugin's folder is called as its DLL");
    }
}
