namespace Dfx.Diffusion.Tests.Training;

/// <summary>A host that saves when it is told to, copies what it is given and remembers what it was told.</summary>
internal sealed class TestHost(Func<long, bool>? saveAfter = null) : ITrainingHost
{
    private long _done;

    internal TrainingState? Saved { get; private set; }

    internal List<(double Fraction, int Average, Dictionary<string, torch.Tensor> Weights)> Kept { get; } = [];

    internal List<(long Done, string? Note)> Reports { get; } = [];

    /// <summary>Called after every report.</summary>
    internal Action<long>? Reported { get; set; }

    public ITensorStore Store => throw new NotSupportedException("This host keeps nothing.");

    public bool SaveDue => saveAfter?.Invoke(_done) ?? false;

    public TrainingState? LastState() => Saved is { } s ? new(s.Step, Copy(s.Contents)) : null;

    public void Save(TrainingState state) => Saved = new(state.Step, Copy(state.Contents));

    public void Keep(double fraction, Checkpoint checkpoint, int average = 0) => Kept.Add((fraction, average, Copies(checkpoint)));

    public void Report(long done, long total, string? note = null)
    {
        _done = done;
        Reports.Add((done, note));
        Reported?.Invoke(done);
    }

    internal static Dictionary<string, torch.Tensor> Copies(Checkpoint checkpoint) =>
        checkpoint.Tensors.ToDictionary(t => t.Key, t => t.Value.detach().clone().DetachFromDisposeScope());

    private static Checkpoint Copy(Checkpoint checkpoint) => new(Copies(checkpoint), checkpoint.Facts);
}
