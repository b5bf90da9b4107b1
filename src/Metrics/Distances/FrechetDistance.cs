namespace Dfx.Metrics.Distances;

/// <summary>
/// The squared Fréchet (2-Wasserstein) distance of two Gaussians: |m1 - m2|^2 + Tr C1 + Tr C2 - 2 Tr (C1 C2)^(1/2) (Dowson and Landau 1982;
/// Heusel et al. 2017). Nothing is regularised and nothing is clamped: equal inputs may give a tiny negative number.
/// </summary>
internal static class FrechetDistance
{
    // Eigenvalues of a product of positive matrices are negative by rounding alone, far less than this.
    private const double NegativeTolerance = 1e-8;

    /// <summary>From covariances: the trace of the root is the sum of the roots of the eigenvalues of S1 C2 S1, which is symmetric.</summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="mean">The mean of the second, float64 [D].</param>
    /// <param name="covariance">The covariance of the second, float64 [D, D].</param>
    /// <exception cref="InvalidOperationException">A covariance is not positive semi-definite.</exception>
    public static double Symmetric(GaussianReference reference, torch.Tensor mean, torch.Tensor covariance)
    {
        using var scope = torch.NewDisposeScope();
        var product = reference.Root.mm(covariance).mm(reference.Root);
        var values = torch.linalg.eigvalsh((product + product.t()) / 2);
        var (least, most) = (values.min().ToDouble(), values.max().ToDouble());
        if (least < -NegativeTolerance * Math.Max(most, double.Epsilon))
        {
            throw new InvalidOperationException($"eigenvalues from {least:g4} to {most:g4} where none can be negative: a covariance is none");
        }

        return Combine(reference, mean, covariance.trace().ToDouble(), values.clamp_min(0).sqrt().sum().ToDouble());
    }

    /// <summary>
    /// From few vectors, n at most D, whose covariance is singular: the trace of the root is the sum of the singular values of
    /// X A / sqrt(n - 1), with X the centred rows and A A^T = C1. No root is taken of a rounding error.
    /// </summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="features">The vectors behind the second, [n, D], n at least 2.</param>
    public static double Nuclear(GaussianReference reference, torch.Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        var rows = features.to(torch.float64);
        var mean = rows.mean([0L]);
        var centred = (rows - mean) / Math.Sqrt(rows.shape[0] - 1);
        var values = torch.linalg.svdvals(centred.mm(reference.Factor));
        return Combine(reference, mean, centred.square().sum().ToDouble(), values.sum().ToDouble());
    }

    /// <summary>Whichever of the two ways suits the number of vectors.</summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="features">The vectors behind the second, [n, D], n at least 2.</param>
    public static double Of(GaussianReference reference, torch.Tensor features)
    {
        if (features.shape[0] <= features.shape[1])
        {
            return Nuclear(reference, features);
        }

        using var statistics = FeatureStatistics.Of(features);
        using var covariance = statistics.Covariance();
        return Symmetric(reference, statistics.Mean, covariance);
    }

    private static double Combine(GaussianReference reference, torch.Tensor mean, double trace, double root) =>
        (reference.Mean - mean).square().sum().ToDouble() + reference.Trace + trace - (2 * root);
}
