namespace Dfx.Sdk;

/// <summary>What a correction is asked for: the clean images that belong to the states at the stop level.</summary>
public sealed record CorrectionRequest
{
    /// <summary>States y = x0 + sigma z, [N, C, H, W], float32 or float64, on the correction's device. Not to be changed in place.</summary>
    public required torch.Tensor State { get; init; }

    /// <summary>Their noise level.</summary>
    public required double Sigma { get; init; }

    /// <summary>
    /// The model whose trajectory it is, with its evaluations counted as the sampler's are: what the sampler left of the budget, and one call even if it left
    /// nothing. Null if it is no denoiser. What only denoises once at the stop level, as controls do, uses it.
    /// </summary>
    public IDenoiser? Target { get; init; }

    /// <summary>What the task observes, or null.</summary>
    public Condition? Condition { get; init; }
}
