using System.ComponentModel;

namespace Dfx.Baselines;

/// <summary>How Cold Diffusion goes from one level to the next.</summary>
public enum ColdRule
{
    /// <summary>Algorithm 2 with the noise estimated from the state: for Gaussian noise the same as DDIM.</summary>
    Estimated,

    /// <summary>Algorithm 2 with the noise that the run started from, "x0_step_down" in the official code.</summary>
    Fixed,

    /// <summary>Algorithm 1: the estimate of the clean image is degraded again, with the noise that the run started from.</summary>
    Naive,
}

/// <summary>The parameters of <see cref="ColdSampler"/>.</summary>
/// <param name="Rule">How it goes from one level to the next.</param>
/// <param name="Steps">Which steps of a discrete schedule are taken.</param>
public sealed record ColdSamplerOptions(
    [Description("Algorithm 2 with estimated or fixed noise, or algorithm 1: estimated, fixed or naive.")] ColdRule Rule = ColdRule.Estimated,
    [Description(StepSetText.Description)] StepSet Steps = StepSet.Uniform);
