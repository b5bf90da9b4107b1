namespace Dfx.SoftDiffusion.Tests.Scheduling;

/// <summary>A store in memory, as the host's: made once, then read; what it keeps outlives the scope of who made it.</summary>
internal sealed class KeptTensors : ITensorStore
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, torch.Tensor>> _kept = [];

    internal IReadOnlyCollection<string> Keys => _kept.Keys;

    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make)
    {
        if (!_kept.TryGetValue(key, out var known))
        {
            _kept[key] = known = make();
            foreach (var tensor in known.Values)
            {
                tensor.DetachFromDisposeScope();
            }
        }

        return known;
    }
}
