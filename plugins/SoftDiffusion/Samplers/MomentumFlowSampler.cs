using System.ComponentModel;

namespace Dfx.SoftDiffusion;

/// <summary>How the probability flow is followed over a step.</summary>
public enum FlowStep
{
    /// <summary>With half of the score at its beginning (Daras et al. 2023, Eq. 44).</summary>
    HalfScore,

    /// <summary>Exactly, if the estimate of the clean image stays the same, as DDIM does.</summary>
    Exact,
}

/// <summary>The parameters of <see cref="MomentumFlowSampler"/>.</summary>
/// <param name="Step">How the flow is followed over a step.</param>
public sealed record MomentumFlowOptions(
    [Description("Step of the flow: half-score as in the paper, or exact, as DDIM's.")] FlowStep Step = FlowStep.HalfScore);

/// <summary>
/// Momentum along the probability flow (Daras et al. 2023, Eq. 44): as <see cref="MomentumSampler"/>, without fresh noise. The last step is the estimate
/// of the clean image. N levels take N evaluations.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("momentum-pf", "Momentum (probability flow)", Paper = "Daras et al., TMLR 2023")]
public sealed class MomentumFlowSampler(MomentumFlowOptions options) : ISampler<ICorruptionModel>, ISampler<IDenoiser>
{
    private Func<double, double, SoftUpdate> Rule => options.Step == FlowStep.Exact ? SoftUpdate.Exact : SoftUpdate.HalfScore;

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(ICorruptionModel model, int nfe) => SoftSteps.Levels("momentum-pf", model, nfe);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => SoftSteps.Levels("momentum-pf", model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(ICorruptionModel model, SamplingRequest request) => SoftSteps.Run(model, request, Rule);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => SoftSteps.Run(model, request, Rule);
}
