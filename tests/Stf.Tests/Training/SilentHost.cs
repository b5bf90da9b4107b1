namespace Dfx.Stf.Tests.Training;

/// <summary>A host that keeps nothing.</summary>
internal sealed class SilentHost : ITrainingHost
{
    public ITensorStore Store => throw new NotSupportedException("This host keeps nothing.");

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
