namespace Dfx.Sdk;

/// <summary>What a model is made in: the same for training and for loading.</summary>
public sealed record ModelContext
{
    /// <summary>The data. A prior that resamples training images reads it at sampling time too.</summary>
    public required IDataSource Data { get; init; }

    /// <summary>What is generated or restored; its condition's channels are inputs of the network.</summary>
    public required ITask Task { get; init; }

    /// <summary>The network that the matrix asks for. Methods with a network of their own leave it out.</summary>
    public required NetworkSettings Network { get; init; }

    /// <summary>Where tensors and networks live.</summary>
    public required torch.Device Device { get; init; }

    /// <summary>The arithmetic of networks; everything outside of them is float32 or better.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Whether training augments its images (<see cref="TrainingSettings.Augment"/>): networks are then told what was done to them.</summary>
    public bool Augmented { get; init; }

    /// <summary>The seed of every random number of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>
    /// What stands before every purpose of the run's random numbers: a correction or a fit shares no number with the training of its source.
    /// </summary>
    public string Scope { get; init; } = "";

    /// <summary>
    /// The trained model that the method builds on, frozen and in evaluation mode; null unless its card says that it needs one. It lives as
    /// long as the method's model, and the host disposes it.
    /// </summary>
    public ITrainedModel? Source { get; init; }

    /// <summary>Who counts evaluations. Networks that are made in this context report to it.</summary>
    public IEvaluationMeter Meter { get; init; } = IEvaluationMeter.None;

    /// <summary>The random numbers of a purpose, as a function of the step, on the run's device.</summary>
    /// <param name="purpose">What they are for: two purposes share no number.</param>
    public StepNoise Noise(string purpose) => new(Seed, Scope + purpose, Device) { Ahead = Ahead };

    /// <summary>Who makes random numbers of a training's next step while a step runs; null if nobody does.</summary>
    internal NoiseAhead? Ahead { get; init; }
}
