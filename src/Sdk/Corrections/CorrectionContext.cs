namespace Dfx.Sdk;

/// <summary>Everything that training a correction needs.</summary>
public sealed record CorrectionContext
{
    /// <summary>The source, frozen, in evaluation mode and in float32. The target of the correction may be another model.</summary>
    public required IDenoiser Source { get; init; }

    /// <summary>A larger correction of the same source to distil from, or null.</summary>
    public ITrainedCorrection? Teacher { get; init; }

    /// <summary>What the correction collected of the source; null if its card names no collection.</summary>
    public ICollectedRows? Collection { get; init; }

    /// <summary>Data, task, network, device, seed, settings, progress and resumable state, as for a method.</summary>
    public required TrainingContext Training { get; init; }
}
