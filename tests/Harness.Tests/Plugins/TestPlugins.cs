using Dfx.Harness.Plugins;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>The plugins of tests/Plugins as they were built.</summary>
internal static class TestPlugins
{
    /// <summary>The folder of their folders, beside the tests' own bin.</summary>
    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../test-plugins"));

    /// <summary>All of them.</summary>
    internal static PluginCatalog Catalog { get; } = PluginCatalog.Discover([Folder], PluginFolders.HostAssemblies());

    /// <summary>The path of one's DLL.</summary>
    internal static string Dll(string name) => Path.Combine(Folder, name, name + ".dll");

    /// <summary>The state of one.</summary>
    internal static PluginAssembly Assembly(string name) => Catalog.Assemblies.Single(a => a.Name == name);

    /// <summary>A type that is there.</summary>
    internal static PluginType Type(PluginKind kind, string id) =>
        Catalog.Find(kind, id) ?? throw new InvalidOperationException($"There is no {kind} {id}.");
}
