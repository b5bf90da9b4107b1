using System.ComponentModel;

namespace Dfx.SoftDiffusion;

/// <summary>How much noise a step adds.</summary>
public enum MomentumVariance
{
    /// <summary>That of the reverse SDE, sigma_t² - sigma_s² (Daras et al. 2023, algorithm 2).</summary>
    Sde,

    /// <summary>That of the posterior, sigma_s² (1 - sigma_s² / sigma_t²).</summary>
    Ancestral,
}

/// <summary>The parameters of <see cref="MomentumSampler"/>.</summary>
/// <param name="Variance">How much noise a step adds.</param>
public sealed record MomentumOptions(
    [Description("Noise of a step: sde as in the paper, or ancestral, that of the posterior.")] MomentumVariance Variance = MomentumVariance.Sde);

/// <summary>
/// The Momentum sampler of Soft Diffusion (Daras et al. 2023, algorithm 2): the corruption of the estimate changes, and what the estimate does not
/// explain of the state shrinks with the noise. Where the noise is constant it adds none. N levels take N evaluations; for denoisers whose signal is
/// not scaled it is reverse diffusion.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("momentum", "Momentum", Paper = "Daras et al., TMLR 2023")]
public sealed class MomentumSampler(MomentumOptions options) : ISampler<ICorruptionModel>, ISampler<IDenoiser>
{
    private Func<double, double, SoftUpdate> Rule => options.Variance == MomentumVariance.Ancestral ? SoftUpdate.Ancestral : SoftUpdate.Momentum;

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(ICorruptionModel model, int nfe) => SoftSteps.Levels("momentum", model, nfe);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => SoftSteps.Levels("momentum", model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(ICorruptionModel model, SamplingRequest request) => SoftSteps.Run(model, request, Rule);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => SoftSteps.Run(model, request, Rule);
}
