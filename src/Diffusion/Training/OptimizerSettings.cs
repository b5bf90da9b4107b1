namespace Dfx.Diffusion;

/// <summary>How weights follow the gradient: Adam (Kingma and Ba 2015). What is null is what the run's settings say, or else the kit's choice.</summary>
public sealed record OptimizerSettings
{
    /// <summary>The learning rate after warm-up, positive.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Steps over which the learning rate rises linearly from 0.</summary>
    public int? WarmUp { get; init; }

    /// <summary>The largest global norm of the gradient; larger ones are scaled down to it.</summary>
    public double? Clip { get; init; }

    /// <summary>The decay of the gradient's average, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of the average of its squares, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What is added to the root of that average, positive.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>By which share of the learning rate weights shrink a step, apart from the gradient (Loshchilov and Hutter 2019); 0 for none.</summary>
    public double WeightDecay { get; init; }
}
