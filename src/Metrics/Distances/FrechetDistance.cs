namespace Dfx.Metrics.Distances;

/// <summary>
/// The squared Fréchet (2-Wasserstein) distance of two Gaussians: |m1 - m2|^2 + Tr C1 + Tr C2 - 2 Tr (C1 C2)^(1/2) (Dowson and Landau 1982;
/// Heusel et al. 2017). Nothing is regularised and nothing is clamped: equal inputs may give a tiny negative number.
/// </summary>
/// <remarks>
/// With C1 = A A^T the eigenvalues of C1 C2 are those of the symmetric A^T C2 A, and the trace of the root is the sum of their roots. Where
/// eigenvalues are so small that roots of rounding errors could be seen, as for singular covariances, the factor of the other covariance is made
/// too, C2 = B B^T, and the singular values of A^T B are summed instead: no root is taken of a rounding error, and nothing becomes complex.
/// </remarks>
internal static class FrechetDistance
{
    // How much of the traces the roots of rounding errors may be.
    private const double Tolerance = 1e-9;
    private const double Epsilon = 2.220446049250313e-16;

    // Columns of the triangular factor that are multiplied at once.
    private const long Columns = 256;

    /// <summary>To a Gaussian with the given moments.</summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="statistics">Mean and covariance of the second.</param>
    /// <exception cref="InvalidOperationException">A covariance is not positive semi-definite.</exception>
    public static double Of(GaussianReference reference, FeatureStatistics statistics) => Combine(
        reference, statistics.Mean, statistics.Covariance.trace().ToDouble(), TraceOfRoot(reference, statistics.Covariance));

    /// <summary>Tr (C1 C2)^(1/2).</summary>
    /// <param name="reference">The first Gaussian.</param>
    /// <param name="covariance">C2, symmetric, float64 [D, D] on the CPU.</param>
    /// <exception cref="InvalidOperationException">C2 is not positive semi-definite.</exception>
    public static double TraceOfRoot(GaussianReference reference, torch.Tensor covariance)
    {
        using var scope = torch.NewDisposeScope();
        if (reference.Factor.shape[1] == 0)
        {
            return 0;
        }

        var values = torch.linalg.eigvalsh(Product(reference, covariance));
        var error = Epsilon * values.abs().max().ToDouble();
        var roots = values.clamp_min(error).sqrt();
        var doubt = (roots.reciprocal() * (error / 2)).sum().ToDouble();
        var traces = reference.Trace + covariance.trace().ToDouble();
        return values.min().ToDouble() > error && doubt <= Tolerance * traces
            ? roots.sum().ToDouble()
            : NuclearNorm(reference.Factor, CovarianceFactor.Of(covariance));
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

    // A^T C2 A, its lower triangle at least, from which eigvalsh reads. A triangular A has zeros above the diagonal that cost nothing.
    private static torch.Tensor Product(GaussianReference reference, torch.Tensor covariance)
    {
        var (factor, side) = (reference.Factor, reference.Factor.shape[1]);
        var product = torch.zeros([side, side], dtype: torch.float64);
        for (var first = 0L; first < side; first += Columns)
        {
            using var step = torch.NewDisposeScope();
            var width = Math.Min(Columns, side - first);
            var start = reference.IsTriangular ? first : 0;
            var block = factor.narrow(1, first, width).narrow(0, start, factor.shape[0] - start);
            var image = covariance.narrow(0, start, factor.shape[0] - start).narrow(1, start, factor.shape[0] - start).mm(block);
            var after = factor.narrow(1, first, side - first).narrow(0, start, factor.shape[0] - start);
            product.narrow(0, first, side - first).narrow(1, first, width).copy_(after.t().mm(image));
        }

        return product;
    }

    /// <summary>0 where one of the two does not vary at all.</summary>
    private static double NuclearNorm(torch.Tensor a, torch.Tensor b) =>
        a.shape[1] == 0 || b.shape[1] == 0 ? 0 : torch.linalg.svdvals(a.t().mm(b)).sum().ToDouble();

    private static double Combine(GaussianReference reference, torch.Tensor mean, double trace, double root) =>
        (reference.Mean - mean).square().sum().ToDouble() + reference.Trace + trace - (2 * root);
}
