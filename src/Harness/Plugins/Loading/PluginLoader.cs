using System.Reflection;
using System.Runtime.Loader;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>
/// Loads plugins and makes their types. For workers alone: what a plugin leaves in a process ends with the process, so nothing is unloaded.
/// </summary>
internal sealed class PluginLoader
{
    private readonly Dictionary<string, LoadedPlugin> _plugins = new(StringComparer.Ordinal);

    /// <summary>Makes an instance of a plugin type.</summary>
    /// <typeparam name="T">The interface of the contract that is asked of it.</typeparam>
    /// <param name="type">The type, from the catalogue.</param>
    /// <param name="options">Canonical texts, as <see cref="PluginType.ResolveOptions"/> gives them.</param>
    /// <exception cref="PluginException">A file is missing, or the constructor threw.</exception>
    /// <exception cref="OptionException">An option does not fit.</exception>
    internal T Create<T>(PluginType type, IReadOnlyDictionary<string, string> options)
        where T : class => Create(type, options) as T
        ?? throw new PluginException($"Plugin {type.File.Name}: {type.Label} is no {typeof(T).Name}.");

    /// <inheritdoc cref="Create{T}"/>
    internal object Create(PluginType type, IReadOnlyDictionary<string, string> options)
    {
        try
        {
            return Construct(type, options);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } cause)
        {
            throw new PluginException(Explain(cause)
                ?? $"Plugin {type.File.Name}: the constructor of {type.Label} threw {cause.GetType().Name}: {cause.Message}", cause);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or MissingMemberException)
        {
            throw new PluginException(Explain(e)
                ?? $"Plugin {type.File.Name}: {type.Label} cannot be loaded from {type.File.Path}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Which plugin and which file are behind an exception of the runtime about an assembly that is missing; null if that is not what it
    /// is about. Dependencies are loaded when they are first used, so any call of a plugin can throw one.
    /// </summary>
    internal string? Explain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (FileOf(e) is { } file
                && _plugins.Values.Select(p => p.Missing(SimpleName(file))).FirstOrDefault(m => m is not null) is { } message)
            {
                return message;
            }
        }

        return null;
    }

    private static string? FileOf(Exception exception) => exception switch
    {
        FileNotFoundException e => e.FileName,
        FileLoadException e => e.FileName,
        _ => null,
    };

    // 'YamlDotNet, Version=16.0.0.0, Culture=neutral, …'
    private static string SimpleName(string file) => file.Split(',')[0];

    private object Construct(PluginType type, IReadOnlyDictionary<string, string> options)
    {
        var loaded = Context(type.File).LoadFromAssemblyPath(type.File.Path).GetType(type.TypeName, throwOnError: true)!;
        var constructor = loaded.GetConstructors().Single();
        return constructor.GetParameters() is [var parameter]
            ? constructor.Invoke([OptionBinder.Bind(parameter.ParameterType, options)])
            : options.Count == 0
                ? constructor.Invoke([])
                : throw new OptionException($"{type.Label} has no parameter '{options.Keys.First()}': it has none");
    }

    /// <summary>The host's own types live where the host does; each plugin has a context of its own.</summary>
    private AssemblyLoadContext Context(PluginFile file)
    {
        if (file.Folder == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
        {
            return AssemblyLoadContext.Default;
        }

        if (!_plugins.TryGetValue(file.Path, out var plugin))
        {
            plugin = new(file);
            _plugins.Add(file.Path, plugin);
        }

        return plugin.Context;
    }
}
