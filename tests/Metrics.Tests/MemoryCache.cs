using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>A cell's cache in memory; what is stored may be shared with other cells.</summary>
internal sealed class MemoryCache(Dictionary<string, IReadOnlyDictionary<string, torch.Tensor>> stored) : IMetricCache, IDisposable
{
    private readonly Dictionary<string, object> _once = [];

    public MemoryCache()
        : this([])
    {
    }

    public Dictionary<string, IReadOnlyDictionary<string, torch.Tensor>> Kept { get; } = stored;

    public IEnumerable<string> Shared => _once.Keys;

    public T Once<T>(string key, Func<T> make)
        where T : class
    {
        if (!_once.TryGetValue(key, out var value))
        {
            _once[key] = value = make();
        }

        return (T)value;
    }

    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make)
    {
        if (!Kept.TryGetValue(key, out var value))
        {
            // As a cache on disk does it: what is kept is a copy, and the original is gone.
            var made = make();
            Kept[key] = value = made.ToDictionary(pair => pair.Key, pair => pair.Value.clone().DetachFromDisposeScope());
            foreach (var tensor in made.Values)
            {
                tensor.Dispose();
            }
        }

        return value;
    }

    public void Dispose()
    {
        foreach (var value in _once.Values.OfType<IDisposable>())
        {
            value.Dispose();
        }
    }
}
