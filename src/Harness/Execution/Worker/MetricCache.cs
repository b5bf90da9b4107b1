using System.Security.Cryptography;
using System.Text;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What the metrics of one cell share, and what they keep on this machine.</summary>
internal sealed class MetricCache(string folder) : IMetricCache, IDisposable
{
    private readonly Dictionary<string, object> _once = new(StringComparer.Ordinal);

    public T Once<T>(string key, Func<T> make)
        where T : class
    {
        if (!_once.TryGetValue(key, out var value))
        {
            value = Detached(make);
            _once.Add(key, value);
        }

        return (T)value;
    }

    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make) =>
        Once("stored/" + key, () => Load(key, make));

    public void Dispose()
    {
        foreach (var value in _once.Values)
        {
            Free(value);
        }
    }

    /// <summary>Values outlive the scope of the metric that made them.</summary>
    private static T Detached<T>(Func<T> make)
        where T : class
    {
        var value = make();
        foreach (var tensor in Tensors(value))
        {
            tensor.DetachFromDisposeScope();
        }

        return value;
    }

    private IReadOnlyDictionary<string, torch.Tensor> Load(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".safetensors");
        if (Read(path, key) is { } known)
        {
            return known;
        }

        // Several workers need the same statistics at the same moment: one makes them, and the others wait.
        using var turn = FileTurn.Wait(path + ".lock");
        if (Read(path, key) is { } others)
        {
            return others;
        }

        var made = make();
        Safetensors.Save(path, made, new Dictionary<string, string> { ["key"] = key });
        return made;
    }

    /// <summary>A file that is damaged is made anew.</summary>
    private static Dictionary<string, torch.Tensor>? Read(string path, string key)
    {
        try
        {
            using var file = File.Exists(path) ? SafetensorsFile.Open(path) : null;
            return file?.Metadata.GetValueOrDefault("key") == key ? file.Names.ToDictionary(name => name, file.Read) : null;
        }
        catch (TensorFileException)
        {
            return null;
        }
    }

    private static IEnumerable<torch.Tensor> Tensors(object value) => value switch
    {
        torch.Tensor tensor => [tensor],
        IReadOnlyDictionary<string, torch.Tensor> named => named.Values,
        _ => [],
    };

    private static void Free(object value)
    {
        (value as IDisposable)?.Dispose();
        foreach (var tensor in Tensors(value))
        {
            tensor.Dispose();
        }
    }
}
