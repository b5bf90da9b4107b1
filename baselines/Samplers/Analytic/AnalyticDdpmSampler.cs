namespace Dfx.Baselines;

/// <summary>
/// Ancestral steps with the variance that the model knows: Analytic-DPM (Bao et al., ICLR 2022) with a number a level, SN-DDPM and NPR-DDPM
/// (Bao et al., ICML 2022) with a number a pixel. The last step adds no noise. N levels take N evaluations.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("analytic-ddpm", "Analytic-DDPM", Paper = "Bao et al., ICLR 2022; Bao et al., ICML 2022")]
public sealed class AnalyticDdpmSampler(AnalyticDdpmOptions options) : ISampler<IVarianceDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IVarianceDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SampleLevels.Of(model.Schedule, Budget.Checked(nfe, "analytic-ddpm"), options.Steps, options.Grid);
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IVarianceDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: one draw a step but the last to 0.</summary>
    internal torch.Tensor Sample(IVarianceDenoiser model, SamplingRequest request, Func<torch.Tensor> draw) =>
        new AnalyticRun(1, options.Clip, options.NoiseClip, ClipsNoise: true).Sample(model, request, draw);
}
