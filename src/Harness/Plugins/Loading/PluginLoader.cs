using System.Reflection;
using System.Runtime.Loader;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>
/// Loads plugins and makes their types. For workers alone: what a plugin leaves in a process ends with the process, so nothing is unloaded.
/// </summary>
internal sealed class PluginLoader
{
    private readonly Dictionary<string, AssemblyLoadContext> _contexts = new(StringComparer.Ordinal);

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
            throw new PluginException($"Plugin {type.File.Name}: {Blame(type, cause)}", cause);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or MissingMemberException)
        {
            throw new PluginException($"Plugin {type.File.Name}: {type.Label} cannot be loaded from {type.File.Path}: {e.Message}", e);
        }
    }

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

        if (!_contexts.TryGetValue(file.Path, out var context))
        {
            context = new PluginLoadContext(file);
            _contexts.Add(file.Path, context);
        }

        return context;
    }

    /// <summary>A file that is missing is the loader's finding; anything else is the constructor's.</summary>
    private static string Blame(PluginType type, Exception cause) => cause is FileNotFoundException or DllNotFoundException
        ? $"{type.Label} cannot be made: {cause.Message}"
        : $"the constructor of {type.Label} threw {cause.GetType().Name}: {cause.Message}";
}
