using System.Collections.Immutable;

namespace Dfx.Sdk;

/// <summary>How long and how a model is trained. What is null is the method's choice.</summary>
public sealed record TrainingSettings
{
    /// <summary>Optimizer steps, at least 1.</summary>
    public required int Steps { get; init; }

    /// <summary>Images a step, at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>The fractions of <see cref="Steps"/> after which the model is kept, rising, in (0, 1], the last one 1.</summary>
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

    /// <summary>The step after which a checkpoint is due: the fraction of the steps, rounded up, at least 1.</summary>
    public int StepOf(double fraction) => Math.Clamp((int)Math.Ceiling((fraction * Steps) - 1e-9), 1, Steps);
}
