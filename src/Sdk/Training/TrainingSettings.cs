using System.Collections.Immutable;

namespace Dfx.Sdk;

/// <summary>How long and how a model is trained. What is null is the method's choice.</summary>
public sealed record TrainingSettings
{
    /// <summary>
    /// Optimizer steps, at least 1. With a budget in <see cref="Evaluations"/>, the steps that it lasts if each of them evaluates every image of
    /// its batch once: what a loop runs that does so.
    /// </summary>
    public required int Steps { get; init; }

    /// <summary>
    /// The budget in training evaluations, at least 1: forward and backward passes of the main network on one image. A run ends at the first
    /// step at which it is reached. Null if <see cref="Steps"/> is the budget.
    /// </summary>
    public long? Evaluations { get; init; }

    /// <summary>The budget in its own unit: <see cref="Evaluations"/>, or else <see cref="Steps"/>.</summary>
    public long Budget => Evaluations ?? Steps;

    /// <summary>Images a step, at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>
    /// Into how many equal parts the batch of a step is split, at least 1 and a divisor of <see cref="Batch"/>: gradients of the parts add up to
    /// those of the batch's mean, in the memory of one part.
    /// </summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The fractions of the budget after which the model is kept, rising, in (0, 1], the last one 1.</summary>
    public ImmutableArray<double> Checkpoints { get; init; } = [1.0];

    /// <summary>The learning rate after warm-up, positive.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Steps over which the learning rate rises linearly from 0.</summary>
    public int? WarmUp { get; init; }

    /// <summary>
    /// The decays of moving averages of the weights, a step, in [0, 1): several are kept side by side, and each has cells of its own. Empty if
    /// <see cref="EmaHalfLife"/> is given; with both empty, one average of the method's choice.
    /// </summary>
    public ImmutableArray<double> Ema { get; init; } = [];

    /// <summary>Instead of <see cref="Ema"/>, half-lives of moving averages in images, positive, as Karras et al. 2022 give them.</summary>
    public ImmutableArray<double> EmaHalfLife { get; init; } = [];

    /// <summary>How many moving averages are kept, at least 1. The first one is what corrections, analyses and methods with a source build on.</summary>
    public int Averages => Math.Max(1, Ema.Length + EmaHalfLife.Length);

    /// <summary>Every half-life is at most this share of the images seen so far; 0 for no such limit. Only with <see cref="EmaHalfLife"/>.</summary>
    public double? EmaRampUp { get; init; }

    /// <summary>The largest global norm of the gradient; larger ones are scaled down to it.</summary>
    public double? Clip { get; init; }

    /// <summary>Whether images are mirrored left to right with probability 1/2.</summary>
    public bool Flip { get; init; }

    /// <summary>
    /// The probability of the non-leaky augmentation of Karras et al. 2022 (appendix F.2), in [0, 1]; 0 for none. Networks are told what was
    /// done to each image. Not with <see cref="Flip"/>, which is a part of it.
    /// </summary>
    public double Augment { get; init; }

    /// <summary>What of the budget has to be spent before a checkpoint is due, in the budget's unit: the fraction of it, rounded up, at least 1.</summary>
    /// <param name="fraction">One of <see cref="Checkpoints"/>.</param>
    public long DueAt(double fraction) => Math.Clamp((long)Math.Ceiling((fraction * Budget) - 1e-9), 1, Budget);

    /// <summary>The step after which a checkpoint is due, in a loop that evaluates every image of a batch once.</summary>
    /// <param name="fraction">One of <see cref="Checkpoints"/>.</param>
    public int StepOf(double fraction) => (int)(Evaluations is null ? DueAt(fraction) : (DueAt(fraction) + Batch - 1) / Batch);
}
