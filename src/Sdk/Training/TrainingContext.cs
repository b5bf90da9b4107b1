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

    /// <summary>
    /// The evaluations an image that the run's cells allow for samples of what is trained, ascending and distinct; those of adaptive samplers are left out.
    /// Empty if none is known. What is trained must not depend on them: the same training serves cells that are asked for later. They are there to
    /// refuse, with an exception before the first step, what none of them can honour; another run tries again. A
    /// <see cref="NotApplicableException"/> is not for that, since it stands for all runs.
    /// </summary>
    public IReadOnlyList<int> Budgets { get; init; } = [];

    /// <summary>
    /// The path of a weights file that the user added under an id such as <c>vgg16</c>, for corrections. Their hashes are a part of the training's key, so it is there
    /// for ids alone that <see cref="ICorrectionCheck.Check"/> asked for; for others it throws. The file's content is the correction's to check.
    /// </summary>
    public Func<string, string> Weights { get; init; } =
        static id => throw new InvalidOperationException($"the weights '{id}' were not asked for when the run was planned ({nameof(ICorrectionCheck)}), so no key tells of them");

    /// <summary>Asks to stop; look at it every step.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The random numbers of a purpose, as a function of the step.</summary>
    /// <param name="purpose">What they are for: two purposes share no number.</param>
    public StepNoise Noise(string purpose) => Model.Noise(purpose);
}
