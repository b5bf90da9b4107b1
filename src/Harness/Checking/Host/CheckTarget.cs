using Dfx.Harness.Plugins;

namespace Dfx.Harness.Checking.Host;

/// <summary>The part that needs no plugin code: what the DLL is, and whether its types can be used.</summary>
internal static class CheckTarget
{
    /// <summary>The DLL's record, from metadata.</summary>
    /// <exception cref="UsageException">It is not there, no assembly, refused, broken, or without plugin types.</exception>
    internal static PluginAssembly Of(string dll)
    {
        var path = Path.GetFullPath(dll);
        if (!File.Exists(path))
        {
            throw new UsageException($"{dll}: there is no such file; build the plugin, then name its DLL, such as plugins/X/X.dll");
        }

        if (!path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{dll}: a plugin is a DLL, and this file's name does not end in .dll");
        }

        var found = Find(path);
        return found.Usable && found.Types.Count > 0 ? found : throw new UsageException(Why(found, path));
    }

    /// <summary>Whether the ids of its types are free among those of other plugins.</summary>
    internal static IEnumerable<Finding> Ids(PluginAssembly assembly, PluginCatalog others)
    {
        foreach (var type in assembly.Types)
        {
            // Another copy of the same plugin is no rival.
            yield return others.Find(type.Kind, type.Id) is { } other && other.File.Name != type.File.Name
                ? new(
                    CheckOutcome.Failed,
                    type.Label,
                    "id",
                    $"{other.TypeName} of {other.File.Path} has it too",
                    "an id that no other plugin has",
                    "change the id on the type's card")
                : new(CheckOutcome.Ok, type.Label, "id");
        }
    }

    private static PluginAssembly Find(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var owned = Path.GetFileName(folder) == Path.GetFileNameWithoutExtension(path);
        var catalog = PluginCatalog.Discover([owned ? Path.GetDirectoryName(folder)! : folder], PluginFolders.HostAssemblies());
        return catalog.Assemblies.First(a => a.Path == path);
    }

    private static string Why(PluginAssembly found, string path) => found.State switch
    {
        PluginState.Refused => $"{path} is refused: {found.Reason}",
        PluginState.Broken => $"{path} is broken: {found.Reason}",
        _ => $"{path} has no plugin types: {found.Reason ?? "no public type has a card such as [Method(\"my-method\", \"My method\")]"}",
    };
}
