namespace Dfx.Baselines;

/// <summary>
/// The ancestral predictor of Song et al. 2021 (appendix F, Eq. 47), for VE and VP. In EDM's frame it is DDPM's step without clipping, with
/// the small variance for VE and the large one for VP. N levels take N evaluations.
/// </summary>
[Sampler("ancestral-sde", "Ancestral (score SDE)", Paper = "Song et al., ICLR 2021")]
public sealed class AncestralSdeSampler : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SdePredictor.Ancestral.Levels(model.Schedule, Budget.Checked(nfe, "ancestral-sde"));
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: one draw a step but the last.</summary>
    internal static torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        return new SdeRun(SdePredictor.Ancestral.Step(model.Schedule, request.Levels)).Sample(model, request, draw);
    }
}
