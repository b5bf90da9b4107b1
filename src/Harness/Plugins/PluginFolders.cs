namespace Dfx.Harness.Plugins;

/// <summary>Where plugins lie unless a user says otherwise.</summary>
internal static class PluginFolders
{
    private static readonly string[] s_hostAssemblies = ["Dfx.Sdk", "Dfx.Data", "Dfx.Metrics"];

    /// <summary>The checkout: <c>DFX_ROOT</c>, else the nearest folder above the host that holds Dfx.sln, else the current folder.</summary>
    internal static string Root => Environment.GetEnvironmentVariable("DFX_ROOT") is { Length: > 0 } root
        ? Path.GetFullPath(root)
        : Checkout(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    /// <summary>Where users drop plugins, and where the checkout's own are built to.</summary>
    internal static IReadOnlyList<string> Default() => [Path.Combine(Root, "plugins"), Path.Combine(Root, "artifacts", "plugins")];

    /// <summary>The host's own assemblies that may hold plugin types.</summary>
    internal static IReadOnlyList<string> HostAssemblies() =>
        [.. s_hostAssemblies
            .Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll"))
            .Where(File.Exists)];

    /// <summary>The names and folders of those DLLs that have a folder of their own.</summary>
    internal static IEnumerable<(string Name, string Folder)> Of(IEnumerable<string> assemblies) =>
        from path in assemblies
        let name = Path.GetFileNameWithoutExtension(path)
        let folder = Path.GetDirectoryName(path)
        where Path.GetFileName(folder) == name && Directory.Exists(folder)
        select (name, folder);

    /// <summary>The folders of those plugins of a catalog that have one of their own.</summary>
    internal static IReadOnlyList<string> Of(PluginCatalog catalog) => [.. Of(catalog.Assemblies.Select(a => a.Path)).Select(p => p.Folder)];

    private static string? Checkout(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Dfx.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
