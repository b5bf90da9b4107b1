using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>
/// The assemblies of one plugin. What is shared comes from the host, then what the plugin brings, then the framework. The host's private
/// packages are never a fallback: what a plugin lacks is an error, whatever the host happens to have.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private static readonly string s_framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // A process can hold one libtorch: a second copy brings registries of its own, and tensors of one mean nothing to the other.
    private static readonly string[] s_tensorLibraries = ["libtorch", "libc10", "libdfx_torch", "libLibTorchSharp"];

    private readonly PluginFile _plugin;
    private readonly AssemblyDependencyResolver _resolver;
    private readonly ConcurrentDictionary<string, string> _missing = new(StringComparer.Ordinal);

    /// <exception cref="PluginException">Its .deps.json cannot be used.</exception>
    internal PluginLoadContext(PluginFile plugin)
        : base(plugin.Name)
    {
        _plugin = plugin;
        try
        {
            _resolver = new(plugin.Path);
        }
        catch (InvalidOperationException e)
        {
            throw new PluginException($"Plugin {plugin.Name}: its dependencies cannot be resolved: {e.Message}", e);
        }
    }

    /// <summary>What to say about an assembly that was asked for and is missing, by its simple name; null if it is not.</summary>
    internal string? Missing(string name) => _missing.GetValueOrDefault(name);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (SharedSet.Host.Contains(name))
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }

        if (_resolver.ResolveAssemblyToPath(assemblyName) is { } path)
        {
            return LoadFromAssemblyPath(path);
        }

        // Translated resources are optional.
        var optional = !string.IsNullOrEmpty(assemblyName.CultureName);
        return optional || File.Exists(Path.Combine(s_framework, name + ".dll"))
            ? null
            : throw Miss(name, assemblyName.Version);
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        if (_resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is not { } path)
        {
            return IntPtr.Zero;
        }

        return s_tensorLibraries.Any(t => Path.GetFileName(path).StartsWith(t, StringComparison.Ordinal))
            ? throw new DllNotFoundException($"Plugin {_plugin.Name} brings a libtorch of its own, {path}: "
                + "a process can hold only the host's. Build it with the tensor library as a reference that is not copied.")
            : LoadUnmanagedDllFromPath(path);
    }

    /// <summary>
    /// The runtime replaces this exception by one of its own that names neither plugin nor folder, so what was missing is kept as well. It
    /// has to be thrown nevertheless: after a mere null the runtime would take the host's private copy.
    /// </summary>
    private FileNotFoundException Miss(string name, Version? version)
    {
        var message = $"Plugin {_plugin.Name} needs {name}.dll {version}, which is missing: it should lie in {_plugin.Folder}.";
        _missing[name] = message;
        return new(message, name + ".dll");
    }
}
