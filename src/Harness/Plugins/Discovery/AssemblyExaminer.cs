using Dfx.Harness.Plugins.Metadata;
using Dfx.Harness.Plugins.Trust;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>Says what a DLL is.</summary>
/// <param name="files">Reads metadata.</param>
/// <param name="pins">The plugins that may be used; null for all.</param>
internal sealed class AssemblyExaminer(MetadataFiles files, PluginPins? pins = null)
{
    /// <summary>A DLL of a plugin folder. Whatever is wrong with it becomes its state and reason.</summary>
    internal PluginAssembly Examine(PluginPlace place)
    {
        if (place.Fault is { } fault)
        {
            return new(place.File, PluginState.Broken, fault, null, []);
        }

        var found = Guarded(place.File, PluginState.Ok);
        return found.Usable && pins?.Refusal(place.File) is { } refusal
            ? new(place.File, PluginState.Refused, refusal, found.Contract, []) { IsUnpinned = true }
            : found;
    }

    /// <summary>An assembly of the host.</summary>
    internal PluginAssembly ExamineHost(string path) => Guarded(new(Path.GetFullPath(path), OwnsFolder: false), PluginState.BuiltIn);

    private PluginAssembly Guarded(PluginFile file, PluginState good)
    {
        // A fault wall: damaged metadata throws whatever the place of the damage makes it throw, and no DLL may stop the host.
        try
        {
            return Read(file, good);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new(file, PluginState.Broken, $"the file cannot be read as a .NET assembly: {e.Message}", null, []);
        }
    }

    private PluginAssembly Read(PluginFile file, PluginState good)
    {
        var assembly = files.Open(file.Path) ?? throw new FileNotFoundException("it is gone");
        var contract = assembly.Name == SharedSet.Contract ? assembly.Version : assembly.References.GetValueOrDefault(SharedSet.Contract);
        if (contract is null)
        {
            return new(file, PluginState.NotAPlugin, $"does not use {SharedSet.Contract}", null, []);
        }

        if (VersionRule.Refusal(assembly, SharedSet.Host) is { } refusal)
        {
            return new(file, PluginState.Refused, refusal, contract, []);
        }

        var (types, faults) = new CardReader(file, assembly, new(files, file.Folder)).Read();
        return faults.Count > 0
            ? new(file, PluginState.Broken, string.Join(PluginAssembly.Separator, faults), contract, types)
            : types.Count == 0
                ? new(file, PluginState.NotAPlugin, "has no plugin type", contract, [])
                : new(file, good, null, contract, types);
    }
}
