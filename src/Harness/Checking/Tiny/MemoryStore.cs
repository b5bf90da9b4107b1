using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>A store that forgets: everything is made anew.</summary>
internal sealed class MemoryStore : ITensorStore
{
    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make) => make();
}
