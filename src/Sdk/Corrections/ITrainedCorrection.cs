namespace Dfx.Sdk;

/// <summary>A trained correction: a function from the state at a small noise level to a clean image.</summary>
public interface ITrainedCorrection : IDisposable
{
    /// <summary>Its network; one application is one evaluation, in a column of its own. Null if it has none.</summary>
    NetworkCard? Network { get; }

    /// <summary>Where a sampler stops so that the correction takes over.</summary>
    /// <param name="sigmas">The sampler's levels as noise levels in sigma-space, falling; a last one of 0 is the clean end.</param>
    /// <returns>An index into <paramref name="sigmas"/>, at least 1 and not of the clean end.</returns>
    /// <exception cref="NotApplicableException">No level will do; the message says why.</exception>
    int StopIndex(IReadOnlyList<double> sigmas);

    /// <summary>The clean images that belong to the states at the stop level.</summary>
    /// <param name="request">States, their noise level and the model that made them.</param>
    /// <returns>A new tensor of the state's shape, dtype and device, outside of the graph.</returns>
    torch.Tensor Apply(CorrectionRequest request);

    /// <summary>Everything that <see cref="ICorrection.Load"/> needs.</summary>
    Checkpoint ToCheckpoint();
}
