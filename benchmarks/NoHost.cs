namespace Dfx.Benchmarks;

/// <summary>A store that forgets: everything is made anew.</summary>
internal sealed class NoStore : ITensorStore
{
    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make) => make();
}

/// <summary>Progress that nobody sees.</summary>
internal sealed class Silent : IProgressHost
{
    public void Report(long done, long total, string? note = null)
    {
    }
}
