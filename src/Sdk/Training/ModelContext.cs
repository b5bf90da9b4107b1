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

    /// <summary>The seed of every random number of the run.</summary>
    public required ulong Seed { get; init; }
}
