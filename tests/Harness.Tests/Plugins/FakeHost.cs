using Dfx.Sdk;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>A host that remembers what it is told, and may interrupt a run after a number of reports.</summary>
internal sealed class FakeHost(TrainingState? state = null, long saveAt = -1) : ITrainingHost
{
    private long _done;

    internal List<double> Kept { get; } = [];

    /// <summary>A copy of what was saved.</summary>
    internal TrainingState? Saved { get; private set; }

    public ITensorStore Store => throw new NotSupportedException("This host keeps nothing.");

    public bool SaveDue => _done == saveAt;

    public TrainingState? LastState() => state;

    public void Report(long done, long total, string? note = null) => _done = done;

    public void Save(TrainingState state) => Saved = state with { Contents = Copy(state.Contents) };

    public void Keep(double fraction, Checkpoint checkpoint, int average = 0) => Kept.Add(fraction);

    internal static Checkpoint Copy(Checkpoint checkpoint) =>
        checkpoint with { Tensors = checkpoint.Tensors.ToDictionary(t => t.Key, t => t.Value.clone().DetachFromDisposeScope()) };
}
