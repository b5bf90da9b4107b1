using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>A host that keeps hashes of checkpoints and, if asked to, the state; it may interrupt the run after a number of states.</summary>
/// <param name="state">The state of an interrupted run, or null.</param>
/// <param name="interruptAfter">After which save to interrupt; 0 for a run without saves.</param>
internal sealed class MemoryHost(TrainingState? state = null, int interruptAfter = 0) : ITrainingHost, IDisposable
{
    private readonly CancellationTokenSource _interruption = new();
    private int _saves;

    internal CancellationToken Interruption => _interruption.Token;

    /// <summary>The hash of every kept checkpoint, by its fraction.</summary>
    internal SortedDictionary<double, string> Kept { get; } = [];

    /// <summary>Names of kept tensors that are not finite everywhere.</summary>
    internal List<string> NotFinite { get; } = [];

    /// <summary>A copy of the state that was saved last.</summary>
    internal TrainingState? Saved { get; private set; }

    public ITensorStore Store { get; } = new MemoryStore();

    public bool SaveDue => interruptAfter > 0;

    /// <summary>A copy, which the caller disposes.</summary>
    public TrainingState? LastState() => state is null ? null : Copy(state, tensor => tensor.clone());

    public void Report(long done, long total, string? note = null)
    {
    }

    public void Save(TrainingState state)
    {
        Free(Saved);
        Saved = Copy(state, Tensors.Keep);
        if (++_saves == interruptAfter)
        {
            _interruption.Cancel();
        }
    }

    public void Keep(double fraction, Checkpoint checkpoint, int average = 0)
    {
        Kept[fraction] = Tensors.Bits(checkpoint);
        NotFinite.AddRange(checkpoint.Tensors.Where(t => !Tensors.IsFinite(t.Value)).Select(t => t.Key));
    }

    public void Dispose()
    {
        Free(Saved);
        _interruption.Dispose();
    }

    private static TrainingState Copy(TrainingState state, Func<torch.Tensor, torch.Tensor> copy) =>
        state with { Contents = state.Contents with { Tensors = state.Contents.Tensors.ToDictionary(t => t.Key, t => copy(t.Value)) } };

    private static void Free(TrainingState? state)
    {
        foreach (var tensor in state?.Contents.Tensors.Values ?? [])
        {
            tensor.Dispose();
        }
    }
}
