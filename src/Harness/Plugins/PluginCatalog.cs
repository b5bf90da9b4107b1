using Dfx.Harness.Plugins.Discovery;
using Dfx.Harness.Plugins.Metadata;
using Dfx.Harness.Plugins.Trust;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Plugins;

/// <summary>Every plugin type that this host can use, and every DLL that was looked at. Made from metadata: no plugin code runs.</summary>
internal sealed class PluginCatalog
{
    private readonly Dictionary<(PluginKind, string), PluginType> _types = [];

    private PluginCatalog(IEnumerable<PluginAssembly> found) => Assemblies = [.. found.Select(Register)];

    /// <summary>The host's own assemblies, then the plugins by path; each with its state.</summary>
    internal IReadOnlyList<PluginAssembly> Assemblies { get; }

    /// <summary>Looks through folders for plugins.</summary>
    /// <param name="folders">Folders of plugins; ones that do not exist are empty.</param>
    /// <param name="hostAssemblies">Paths of the host's own assemblies that may hold plugin types.</param>
    /// <param name="pins">The plugins that may be used; null for all.</param>
    internal static PluginCatalog Discover(IEnumerable<string> folders, IEnumerable<string> hostAssemblies, PluginPins? pins = null)
    {
        using var files = new MetadataFiles();
        var examiner = new AssemblyExaminer(files, pins);
        return new(hostAssemblies.Select(examiner.ExamineHost).Concat(PluginLocator.Find(folders).Select(examiner.Examine)));
    }

    /// <summary>What this host has by default.</summary>
    internal static PluginCatalog Discover() => Discover(PluginFolders.Default(), PluginFolders.HostAssemblies());

    /// <summary>The usable types of a kind, sorted by id.</summary>
    internal IEnumerable<PluginType> Of(PluginKind kind) =>
        _types.Values.Where(t => t.Kind == kind).OrderBy(t => t.Id, StringComparer.Ordinal);

    /// <summary>A usable type, or null.</summary>
    internal PluginType? Find(PluginKind kind, string id) => _types.GetValueOrDefault((kind, id));

    /// <summary>The usable id that is nearest to what was written; null if there is none of the kind.</summary>
    internal string? Nearest(PluginKind kind, string id) => NearestName.Of(id, Of(kind).Select(t => t.Id));

    /// <summary>All types that claim an id, the usable one first: those of DLLs that were set aside because the id was taken come after it, by path.</summary>
    internal IReadOnlyList<PluginType> Claims(PluginKind kind, string id) =>
        [.. Assemblies.Where(a => a.Usable || a.IsShadowed).OrderBy(a => !a.Usable).SelectMany(a => a.Types).Where(t => t.Kind == kind && t.Id == id)];

    /// <summary>DLLs that cannot be used and are another build of a plugin: they have its name, or the id that a type of it has.</summary>
    internal IEnumerable<PluginAssembly> Unusable(PluginType type) => Assemblies.Where(a => a is { State: PluginState.Broken or PluginState.Refused, IsShadowed: false, IsUnpinned: false }
        && File.Exists(a.Path) && (a.Name == type.File.Name || a.Types.Any(t => t.Kind == type.Kind && t.Id == type.Id)));

    /// <summary>The DLL that holds a type.</summary>
    internal PluginAssembly AssemblyOf(PluginType type) => Assemblies.First(a => a.File == type.File);

    /// <summary>Takes the types of a usable assembly in, unless one of its ids is taken.</summary>
    private PluginAssembly Register(PluginAssembly assembly)
    {
        if (!assembly.Usable)
        {
            return assembly;
        }

        if (Within(assembly).FirstOrDefault() is { } twice)
        {
            return assembly with { State = PluginState.Broken, Reason = twice };
        }

        if (Without(assembly).FirstOrDefault() is { } taken)
        {
            return assembly with { State = PluginState.Broken, Reason = taken, IsShadowed = true };
        }

        foreach (var type in assembly.Types)
        {
            _types.Add((type.Kind, type.Id), type);
        }

        return assembly;
    }

    private static IEnumerable<string> Within(PluginAssembly assembly) => assembly.Types.GroupBy(t => t.Label).Where(g => g.Count() > 1)
        .Select(g => $"{g.Key} is there twice: {string.Join(" and ", g.Select(t => t.TypeName))}");

    private IEnumerable<string> Without(PluginAssembly assembly) => assembly.Types.Where(t => Find(t.Kind, t.Id) is not null)
        .Select(t => $"{t.Label} is already taken by {Find(t.Kind, t.Id)!.TypeName} of {Find(t.Kind, t.Id)!.File.Path}");
}
