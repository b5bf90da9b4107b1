namespace Dfx.Harness.Plugins.Metadata;

/// <summary>Assemblies that were opened for reading their metadata, each once.</summary>
internal sealed class MetadataFiles : IDisposable
{
    private readonly Dictionary<string, AssemblyMetadata?> _open = new(StringComparer.Ordinal);

    /// <summary>An assembly; null if there is no such file.</summary>
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal AssemblyMetadata? Open(string path)
    {
        if (!_open.TryGetValue(path, out var metadata))
        {
            metadata = File.Exists(path) ? AssemblyMetadata.Open(path) : null;
            _open[path] = metadata;
        }

        return metadata;
    }

    /// <summary>Those of the names that lie in a folder, and everything in that folder that they reference, directly or not.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="roots">Simple names to start from.</param>
    /// <param name="follow">Which references to look at.</param>
    internal HashSet<string> Closure(string folder, IEnumerable<string> roots, Func<string, bool> follow)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(roots);
        while (pending.TryDequeue(out var name))
        {
            if (Open(Path.Combine(folder, name + ".dll")) is { } metadata && found.Add(name))
            {
                foreach (var reference in metadata.References.Keys.Where(follow))
                {
                    pending.Enqueue(reference);
                }
            }
        }

        return found;
    }

    public void Dispose()
    {
        foreach (var metadata in _open.Values)
        {
            metadata?.Dispose();
        }
    }
}
