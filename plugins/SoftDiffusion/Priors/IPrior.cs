namespace Dfx.SoftDiffusion;

/// <summary>What sampling starts from: draws of x_t = C_t(x0) + sigma_t z without a network.</summary>
internal interface IPrior : IDisposable
{
    /// <summary>Draws of corrupted images; the first normal draw of every sample is the noise z.</summary>
    /// <param name="t">In (0, 1].</param>
    /// <param name="noise">The samples' own noise.</param>
    /// <returns>A new tensor [N, C, H, W] of the noise's dtype, on its device; images in [-1, 1].</returns>
    torch.Tensor Draw(double t, SampleNoise noise);
}

/// <summary>Makes priors.</summary>
internal static class SoftPriors
{
    /// <summary>The prior that the options ask for, fitted to the training images if it is one that has to be.</summary>
    /// <exception cref="ArgumentException">There are too few training images for the fit.</exception>
    /// <exception cref="NotApplicableException">The corruption has no modes.</exception>
    internal static IPrior Of(SoftOptions options, SoftCorruption corruption, IDataSource data) => options.Prior switch
    {
        SoftPrior.Empirical => new EmpiricalPrior(corruption, data),
        _ when corruption.Operator is not GaussianBlur => throw new NotApplicableException(
            $"prior {(options.Prior == SoftPrior.Colour ? "colour" : "low-modes")} is fitted to what a blur leaves, and corruption is a mask, which starts from black: take prior empirical."),
        _ => new ModePrior(options.Prior, corruption, data),
    };
}
