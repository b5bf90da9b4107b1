using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>
/// What McMaster asks first for every assembly that a plugin needs. The shared ones are the host's, whichever version was asked for: McMaster
/// swallows what goes wrong here and would go on with the plugin's own copy, a second contract in the process.
/// </summary>
internal sealed class SharedAssemblies() : AssemblyLoadContext("shared")
{
    private readonly ConcurrentDictionary<string, Version> _private = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The version in which an assembly that is not shared was asked for; null if it was not.</summary>
    internal Version? Asked(string name) => _private.GetValueOrDefault(name);

    /// <exception cref="FileNotFoundException">It is not shared. A mere null would bring the host's private copy.</exception>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (SharedSet.Host.Contains(name))
        {
            return Default.LoadFromAssemblyName(new(name));
        }

        // Translated resources are optional.
        if (string.IsNullOrEmpty(assemblyName.CultureName))
        {
            _private.TryAdd(name, assemblyName.Version ?? new());
        }

        throw new FileNotFoundException($"{name} is not shared.", name);
    }
}
