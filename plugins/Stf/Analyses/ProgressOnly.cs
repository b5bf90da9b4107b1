namespace Dfx.Stf.Analyses;

/// <summary>A host of a training run that nobody keeps.</summary>
internal sealed class ProgressOnly(IProgressHost progress) : ITrainingHost
{
    public ITensorStore Store => throw new NotSupportedException("Nothing is kept of this run.");

    public bool SaveDue => false;

    public TrainingState? LastState() => null;

    public void Save(TrainingState state)
    {
    }

    public void Keep(double fraction, Checkpoint checkpoint, int average = 0)
    {
    }

    public void Report(long done, long total, string? note = null) => progress.Report(done, total, note);
}
