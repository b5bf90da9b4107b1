using System.ComponentModel;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="ReverseDiffusionSampler"/>.</summary>
/// <param name="Flow">Whether the probability flow is followed instead of the SDE.</param>
public sealed record ReverseDiffusionOptions([Description("Follow the probability flow: half of the score and no noise.")] bool Flow = false);

/// <summary>The reverse-diffusion predictor of Song et al. 2021 (appendix E, Eq. 46), for VE and VP. N levels take N evaluations.</summary>
/// <param name="options">Its parameters.</param>
[Sampler("reverse-diffusion", "Reverse diffusion", Paper = "Song et al., ICLR 2021")]
public sealed class ReverseDiffusionSampler(ReverseDiffusionOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SdePredictor.ReverseDiffusion.Levels(model.Schedule, Budget.Checked(nfe, "reverse-diffusion"));
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: one draw a step but the last.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw) =>
        new SdeRun(options.Flow ? SdeUpdate.Flow : SdeUpdate.ReverseDiffusion).Sample(model, request, draw);
}
