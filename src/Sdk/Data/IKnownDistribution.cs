namespace Dfx.Sdk;

/// <summary>
/// A distribution in closed form, as that of synthetic data. An <see cref="IDataSource"/> whose images are drawn from one implements this too.
/// Vectors have D numbers: an image flattened in C, H, W order.
/// </summary>
public interface IKnownDistribution
{
    /// <summary>The mean.</summary>
    /// <returns>A new float64 CPU tensor [D].</returns>
    torch.Tensor Mean();

    /// <summary>The covariance.</summary>
    /// <returns>A new float64 CPU tensor [D, D].</returns>
    torch.Tensor Covariance();

    /// <summary>The ideal denoiser D(x; sigma) = E[x0 | x0 + sigma z = x]; the score is (D - x) / sigma^2 (Karras et al. 2022, equation 3).</summary>
    /// <param name="x">Noisy vectors, float64 [n, D] on the CPU.</param>
    /// <param name="sigma">The noise level, positive.</param>
    /// <returns>A new tensor like <paramref name="x"/>.</returns>
    torch.Tensor Denoise(torch.Tensor x, double sigma);

    /// <summary>The trace of the covariance of x0 given x0 + sigma z = x.</summary>
    /// <param name="x">Noisy vectors, float64 [n, D] on the CPU.</param>
    /// <param name="sigma">The noise level, positive.</param>
    /// <returns>A new float64 tensor [n], none negative.</returns>
    torch.Tensor PosteriorVariance(torch.Tensor x, double sigma);
}
