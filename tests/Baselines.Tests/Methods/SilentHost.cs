namespace Dfx.Baselines.Tests.Methods;

/// <summary>A host that keeps nothing: what others would share is made anew.</summary>
internal sealed class SilentHost : ITrainingHost, ITensorStore
{
    public ITensorStore Store => this;

    public bool SaveDue => false;

    public TrainingState? LastState() => null;

    public void Save(TrainingState state)
    {
    }

    public void Keep(double fraction, Checkpoint checkpoint, int average = 0)
    {
    }

    public IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make) => make();

    public void Report(long done, long total, string? note = null)
    {
    }
}
