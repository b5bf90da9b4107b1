namespace Dfx.SoftDiffusion.Tests.Scheduling;

/// <summary>A store in memory, as the host's: tensors are made once, belong to it, and are then read.</summary>
internal sealed class KeptTensors : ITensorStore
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, torch.Tensor>> _kept = [];

    internal IReadOnlyCollection<string> Keys => _kept.Keys;

    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make)
    {
        if (!_kept.TryGetValue(key, out var known))
        {
            _kept[key] = known = make();
            known.Values.ToList().ForEach(tensor => tensor.DetachFromDisposeScope());
        }

        return known;
    }
}
