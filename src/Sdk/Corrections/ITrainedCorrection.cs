namespace Dfx.Sdk;

/// <summary>A trained correction: a function from the state at a small noise level to a clean image.</summary>
public interface ITrainedCorrection : IDisposable
{
    /// <summary>Its network; one application is one evaluation, in a column of its own.</summary>
    NetworkCard Network { get; }

    /// <summary>Where a sampler stops so that the correction takes over.</summary>
    /// <param name="sigmas">The sampler's levels as noise levels in sigma-space, falling; a last one of 0 is the clean end.</param>
    /// <returns>An index into <paramref name="sigmas"/>, at least 1 and not of the clean end.</returns>
    /// <exception cref="NotApplicableException">No level will do; the message says why.</exception>
    int StopIndex(IReadOnlyList<double> sigmas);

    /// <summary>The clean images that belong to the states at the stop level.</summary>
    /// <param name="y">States y = x0 + sigma z, [N, C, H, W], float32 or float64, on the correction's device.</param>
    /// <param name="sigma">Their noise level.</param>
    /// <returns>A new tensor of y's shape, dtype and device, outside of the graph.</returns>
    torch.Tensor Apply(torch.Tensor y, double sigma);

    /// <summary>Everything that <see cref="ICorrection.Load"/> needs.</summary>
    Checkpoint ToCheckpoint();
}
