using System.Security.Cryptography;
using System.Text;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What the parts of one job share, and what they keep on this machine for other jobs.</summary>
/// <param name="values">The job's values.</param>
/// <param name="folder">Where files are kept.</param>
/// <param name="scope">What a kept tensor depends on beside its key: code, libraries, device, source.</param>
internal sealed class TensorCache(SharedValues values, string folder, string scope) : IMetricCache
{
    public T Once<T>(string key, Func<T> make)
        where T : class => values.Once("once/" + key, make);

    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make)
    {
        var whole = $"{scope}\n{key}";
        return values.Once("stored/" + whole, () => Load(whole, make));
    }

    private IReadOnlyDictionary<string, torch.Tensor> Load(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".safetensors");
        if (Read(path, key) is { } known)
        {
            return known;
        }

        // Several workers need the same tensors at the same moment: one makes them, and the others wait.
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
}
