using System.Runtime.InteropServices;

namespace Dfx.Metrics.Distances;

/// <summary>Factors of covariances: A, [D, r], with A A^T the covariance and r its numerical rank.</summary>
internal static class CovarianceFactor
{
    private const double Epsilon = 2.220446049250313e-16;

    // Eigenvalues of a covariance are negative by rounding alone, far less than this part of the largest.
    private const double NegativeTolerance = 1e-8;

    /// <summary>A factor of any covariance: triangular if the rank is full.</summary>
    /// <param name="covariance">Symmetric, float64 [D, D] on the CPU.</param>
    /// <returns>A new float64 tensor [D, r].</returns>
    /// <exception cref="InvalidOperationException">The covariance has an eigenvalue that is clearly negative.</exception>
    public static torch.Tensor Of(torch.Tensor covariance) => Cholesky(covariance) ?? Eigen(covariance);

    /// <summary>
    /// The lower triangular factor; null where the rank is not full to working precision, for then pivots that are rounding errors would count as
    /// variances.
    /// </summary>
    public static torch.Tensor? Cholesky(torch.Tensor covariance)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            var factor = torch.linalg.cholesky(covariance);
            var pivots = factor.diagonal().square();
            return pivots.min().ToDouble() > Epsilon * pivots.shape[0] * pivots.max().ToDouble() ? factor.MoveToOuterDisposeScope() : null;
        }
        catch (ExternalException)
        {
            return null;
        }
    }

    /// <summary>The factor from eigenvalues and eigenvectors, without those that are within rounding of 0.</summary>
    /// <exception cref="InvalidOperationException">An eigenvalue is clearly negative.</exception>
    public static torch.Tensor Eigen(torch.Tensor covariance)
    {
        using var scope = torch.NewDisposeScope();
        var (values, vectors) = torch.linalg.eigh(covariance);
        var (least, most) = (values.min().ToDouble(), values.max().ToDouble());
        if (!(least >= -NegativeTolerance * most))
        {
            throw new InvalidOperationException($"eigenvalues from {least:g4} to {most:g4} where none can be negative: a covariance is none");
        }

        // In rising order.
        var rank = Above(values, most);
        var cut = values.shape[0] - rank;
        return (vectors.narrow(1, cut, rank) * values.narrow(0, cut, rank).sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>How many directions a covariance has whose variance is no rounding error.</summary>
    /// <param name="covariance">Symmetric, float64 [D, D] on the CPU.</param>
    public static long Rank(torch.Tensor covariance)
    {
        using var scope = torch.NewDisposeScope();
        if (Cholesky(covariance) is not null)
        {
            return covariance.shape[0];
        }

        var values = torch.linalg.eigvalsh(covariance);
        return Above(values, values.max().ToDouble());
    }

    private static long Above(torch.Tensor values, double most) => values.gt(Epsilon * values.shape[0] * most).sum().ToInt64();
}
