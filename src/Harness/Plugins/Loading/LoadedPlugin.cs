using System.Runtime.Loader;
using McMaster.NETCore.Plugins.LibraryModel;
using McMaster.NETCore.Plugins.Loader;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>
/// A plugin in McMaster's load context. What is shared comes from the host, then what the plugin brings, then the framework. The host's private
/// packages are never a fallback: what a plugin lacks is an error, whatever the host happens to have.
/// </summary>
internal sealed class LoadedPlugin
{
    private static readonly string s_framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly PluginFile _file;
    private readonly AssemblyDependencyResolver _resolver;
    private readonly SharedAssemblies _shared = new();

    /// <exception cref="PluginException">It needs something that this host is not, or its .deps.json cannot be used.</exception>
    internal LoadedPlugin(PluginFile file)
    {
        LoadCheck.Pass(file);
        try
        {
            _file = file;
            _resolver = new(file.Path);
            Context = Build();
        }
        catch (InvalidOperationException e)
        {
            throw new PluginException($"Plugin {file.Name}: its dependencies cannot be resolved: {e.Message}", e);
        }

        NativeNeighbours.Load(file.Folder);
    }

    /// <summary>Where its assemblies are.</summary>
    internal AssemblyLoadContext Context { get; }

    /// <summary>What to say about an assembly that it asked for and lacks, by its simple name; null if that is not so.</summary>
    internal string? Missing(string name) => _shared.Asked(name) is { } version && Lacks(name) && !File.Exists(Path.Combine(s_framework, name + ".dll"))
        ? $"Plugin {_file.Name} needs {name}.dll {version}, which is missing: it should lie in {_file.Folder}."
        : null;

    private AssemblyLoadContext Build()
    {
        var builder = new AssemblyLoadContextBuilder();
        builder.SetMainAssemblyPath(_file.Path).SetDefaultContext(_shared).PreferDefaultLoadContext(true);
        foreach (var name in HostsOwn().Where(Lacks))
        {
            builder.AddManagedLibrary(Decoy(name));
        }

        return builder.Build();
    }

    private static IEnumerable<string> HostsOwn() => Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => !SharedSet.Host.Contains(name));

    private bool Lacks(string name) => _resolver.ResolveAssemblyToPath(new(name)) is null && !File.Exists(Path.Combine(_file.Folder, name + ".dll"));

    /// <summary>
    /// A library of that name whose file is another one, the plugin's. Where McMaster finds nothing it says nothing, and the runtime takes the
    /// host's private copy; an assembly of another name is an error instead.
    /// </summary>
    private ManagedLibrary Decoy(string name)
    {
        var decoy = ManagedLibrary.CreateFromPackage(name, "0", Path.GetFileName(_file.Path));
        decoy.Name.Name = name;
        return decoy;
    }
}
