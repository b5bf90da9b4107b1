namespace Dfx.SoftDiffusion;

/// <summary>
/// The naive sampler of Soft Diffusion (Daras et al. 2023, algorithm 1): every estimate of the clean image is corrupted again, with fresh noise, to
/// the next level. N levels take N evaluations. Of denoisers the corruption is noise alone.
/// </summary>
[Sampler("naive", "Naive", Paper = "Daras et al., TMLR 2023")]
public sealed class NaiveSampler : ISampler<ICorruptionModel>, ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(ICorruptionModel model, int nfe) => SoftSteps.Levels("naive", model, nfe);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => SoftSteps.Levels("naive", model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(ICorruptionModel model, SamplingRequest request) => SoftSteps.Run(model, request, SoftUpdate.Naive);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => SoftSteps.Run(model, request, SoftUpdate.Naive);
}
