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

/// <summary>The host of a training that nobody keeps.</summary>
internal sealed class NoHost : ITrainingHost
{
    public ITensorStore Store { get; } = new NoStore();

    public bool SaveDue => false;

    public TrainingState? LastState() => null;

    public void Save(TrainingState state)
    {
    }

    public void Keep(double fraction, Checkpoint checkpoint, int average = 0)
    {
    }

    public void Report(long done, long total, string? note = null)
    {
    }
}
