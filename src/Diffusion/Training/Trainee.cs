namespace Dfx.Diffusion;

/// <summary>A network that a training run teaches, with its loss.</summary>
/// <param name="Name">What stands before its weights in checkpoints of a plan with several trainees, and in messages: letters, digits and hyphens.</param>
/// <param name="Network">What is trained, in training mode, on the run's device. Its parameters belong to no other trainee.</param>
/// <param name="Loss">The loss of a batch: a scalar, or any tensor whose mean it is. Gradients reach this trainee's parameters alone.</param>
public sealed record Trainee(string Name, torch.nn.Module Network, Func<TrainingBatch, torch.Tensor> Loss)
{
    /// <summary>How its weights follow the gradient, where that is not what the run's settings say.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>Whether checkpoints hold moving averages of its weights. Otherwise they hold the weights as they are.</summary>
    public bool Averaged { get; init; } = true;

    /// <summary>Updates a step, at least 1, each after an evaluation of the loss; <see cref="TrainingBatch.Update"/> counts them.</summary>
    public int Updates { get; init; } = 1;

    /// <summary>
    /// The step from which on it is frozen: in evaluation mode, without gradients, updates or evaluations of its loss. Null for never.
    /// </summary>
    public long? FrozenFromStep { get; init; }

    /// <summary>
    /// The same as an epoch, in [0, ∞): it is frozen once the run has drawn so many times as many images as the training set has, by
    /// <see cref="TrainingPlan.Drawn"/>. Null for never.
    /// </summary>
    public double? FrozenFromEpoch { get; init; }
}
