namespace Dfx.Sdk;

/// <summary>
/// A denoiser that also knows how uncertain it is: a fitted number a level as in Analytic-DPM (Bao et al. 2022), or a second head as in
/// SN-DDIM. Samplers that accept no less declare <c>ISampler&lt;IVarianceDenoiser&gt;</c>.
/// </summary>
public interface IVarianceDenoiser : IDenoiser
{
    /// <summary>The estimate of the clean images and the variance of each of its numbers, from one evaluation.</summary>
    /// <inheritdoc cref="IDenoiser.Denoise" path="/param"/>
    /// <returns>The mean as <see cref="IDenoiser.Denoise"/> gives it, and the diagonal of Cov[x0 | x], non-negative, broadcastable to it.</returns>
    (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null);
}
