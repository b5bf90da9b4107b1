namespace Dfx.Sdk;

/// <summary>Everything that an analysis needs.</summary>
public sealed record AnalysisContext
{
    /// <summary>Data, task, network, device and seed.</summary>
    public required ModelContext Model { get; init; }

    /// <summary>The checkpoints, in the order of training, of the model that the matrix names for it; empty if it names none.</summary>
    public IReadOnlyList<TrainedCheckpoint> Trained { get; init; } = [];

    /// <summary>
    /// What the analyses and trainings of this plugin share if they have the same data and the same source: tensors that a training stored under a key are
    /// found here, and the other way round.
    /// </summary>
    public required ITensorStore Store { get; init; }

    /// <summary>Who is told how far it has come.</summary>
    public required IProgressHost Progress { get; init; }

    /// <summary>Asks to stop.</summary>
    public CancellationToken Cancellation { get; init; }
}
