namespace Dfx.Sdk;

/// <summary>Everything that training needs.</summary>
public sealed record TrainingContext
{
    /// <summary>Data, task, network, device and seed.</summary>
    public required ModelContext Model { get; init; }

    /// <summary>How long and how.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>The host's side: progress, resumable state, checkpoints.</summary>
    public required ITrainingHost Host { get; init; }

    /// <summary>Asks to stop; look at it every step.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The random numbers of a purpose, as a function of the step.</summary>
    /// <param name="purpose">What they are for: two purposes share no number.</param>
    public StepNoise Noise(string purpose) => Model.Noise(purpose);
}
