namespace Dfx.Metrics.Distances;

/// <summary>
/// The squared Fréchet (2-Wasserstein) distance of two Gaussians: |m1 - m2|^2 + Tr C1 + Tr C2 - 2 Tr (C1 C2)^(1/2) (Dowson and Landau 1982;
/// Heusel et al. 2017). Nothing is regularised and nothing is clamped: equal inputs may give a tiny negative number.
/// </summary>
/// <remarks>
/// With C1 = A A^T and C2 = B B^T the trace of the root is the sum of the singular values of A^T B: the eigenvalues of C1 C2 are their
/// squares. No root is taken of a rounding error, whatever the ranks, and nothing becomes complex.
/// </remarks>
internal static class FrechetDistance
{
    /// <summary>Of two Gaussians.</summary>
    public static double Of(GaussianReference first, GaussianReference second)
    {
        using var scope = torch.NewDisposeScope();
        return Combine(first, second.Mean, second.Trace, NuclearNorm(first.Factor, second.Factor));
    }

    /// <summary>To a Gaussian with the given moments.</summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="statistics">Mean and covariance of the second.</param>
    /// <exception cref="InvalidOperationException">A covariance is not positive semi-definite.</exception>
    public static double Of(GaussianReference reference, FeatureStatistics statistics)
    {
        using var second = new GaussianReference(statistics.Mean, statistics.Covariance);
        return Of(reference, second);
    }

    /// <summary>
    /// From few vectors, n at most D, whose covariance is singular: the centred rows over sqrt(n - 1) are a factor of it. They are sorted
    /// first, so that their order does not matter, bit for bit.
    /// </summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="features">The vectors behind the second, [n, D], n at least 2.</param>
    public static double Few(GaussianReference reference, torch.Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        var rows = SortedRows.Of(features).to(torch.float64);
        var mean = rows.mean([0L]);
        var centred = (rows - mean) / Math.Sqrt(rows.shape[0] - 1);
        return Combine(reference, mean, centred.square().sum().ToDouble(), NuclearNorm(reference.Factor, centred.t()));
    }

    /// <summary>Whichever of the two ways suits the number of vectors.</summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="features">The vectors behind the second, [n, D], n at least 2.</param>
    public static double Of(GaussianReference reference, torch.Tensor features)
    {
        if (features.shape[0] <= features.shape[1])
        {
            return Few(reference, features);
        }

        using var statistics = FeatureStatistics.Of(features);
        return Of(reference, statistics);
    }

    private static double NuclearNorm(torch.Tensor a, torch.Tensor b) => torch.linalg.svdvals(a.t().mm(b)).sum().ToDouble();

    private static double Combine(GaussianReference reference, torch.Tensor mean, double trace, double root) =>
        (reference.Mean - mean).square().sum().ToDouble() + reference.Trace + trace - (2 * root);
}
