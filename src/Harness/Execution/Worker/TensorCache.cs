using System.Security.Cryptography;
using System.Text;
using Dfx.Harness.Execution.Models;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What the parts of one job share, and what they keep on this machine for other jobs.</summary>
/// <param name="values">The job's values.</param>
/// <param name="folder">Where files are kept.</param>
/// <param name="scope">What a kept tensor depends on beside its key: code, libraries, device, source.</param>
/// <param name="tally">Told of the cost of what a training takes from here; null if nobody asks.</param>
internal sealed class TensorCache(SharedValues values, string folder, string scope, TrainingTally? tally = null) : IMetricCache
{
    private const string KeyFact = "key";
    private const string CostFact = "cost";

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
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var path = Path.Combine(folder, name + ".safetensors");
        if (Read(path, key, name) is { } known)
        {
            return known;
        }

        // Several workers need the same tensors at the same moment: one makes them, and the others wait.
        using var turn = FileTurn.Wait(path + ".lock");
        return Read(path, key, name) ?? Made(path, key, name, make);
    }

    private IReadOnlyDictionary<string, torch.Tensor> Made(string path, string key, string name, Func<IReadOnlyDictionary<string, torch.Tensor>> make)
    {
        var facts = new Dictionary<string, string> { [KeyFact] = key };
        if (tally is null)
        {
            var plain = make();
            Safetensors.SaveSealed(path, plain, facts);
            return plain;
        }

        var (made, cost) = tally.Apart(make);
        facts[CostFact] = cost.ToString();
        Safetensors.SaveSealed(path, made, facts);
        tally.Use(name, cost);
        return made;
    }

    /// <summary>A file that is damaged is made anew.</summary>
    private Dictionary<string, torch.Tensor>? Read(string path, string key, string name)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            Safetensors.Verify(path);
            using var file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault(KeyFact) != key)
            {
                return null;
            }

            var tensors = file.Names.ToDictionary(tensor => tensor, file.Read);
            tally?.Use(name, TrainingCost.Parse(file.Metadata.GetValueOrDefault(CostFact)));
            return tensors;
        }
        catch (TensorFileException)
        {
            return null;
        }
    }
}
