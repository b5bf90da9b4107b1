using System.Runtime.InteropServices;

namespace Dfx.Metrics.Distances;

/// <summary>A Gaussian with a factor of its covariance, which is what the Fréchet distance needs.</summary>
internal sealed class GaussianReference : IDisposable
{
    private const double Epsilon = 2.220446049250313e-16;

    // Eigenvalues of a covariance are negative by rounding alone, far less than this part of the largest.
    private const double NegativeTolerance = 1e-8;

    /// <summary>Computes the factor.</summary>
    /// <param name="mean">float64 [D] on the CPU; copied.</param>
    /// <param name="covariance">Symmetric, float64 [D, D] on the CPU; copied.</param>
    /// <exception cref="InvalidOperationException">The covariance has an eigenvalue that is clearly negative.</exception>
    public GaussianReference(torch.Tensor mean, torch.Tensor covariance)
    {
        using var scope = torch.NewDisposeScope();
        Mean = mean.clone().DetachFromDisposeScope();
        Covariance = covariance.clone().DetachFromDisposeScope();
        Trace = covariance.trace().ToDouble();
        Factor = (Cholesky(covariance) ?? Eigen(covariance)).DetachFromDisposeScope();
    }

    /// <summary>The mean, [D].</summary>
    public torch.Tensor Mean { get; }

    /// <summary>The covariance, [D, D].</summary>
    public torch.Tensor Covariance { get; }

    /// <summary>The trace of the covariance.</summary>
    public double Trace { get; }

    /// <summary>A, [D, r], with A A^T the covariance and r its numerical rank.</summary>
    public torch.Tensor Factor { get; }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Covariance.Dispose();
        Factor.Dispose();
    }

    // Fast, but of no use where the rank is not full: pivots that are rounding errors would count as variances.
    private static torch.Tensor? Cholesky(torch.Tensor covariance)
    {
        try
        {
            var factor = torch.linalg.cholesky(covariance);
            var pivots = factor.diagonal().square();
            return pivots.min().ToDouble() > Epsilon * pivots.shape[0] * pivots.max().ToDouble() ? factor : null;
        }
        catch (ExternalException)
        {
            return null;
        }
    }

    private static torch.Tensor Eigen(torch.Tensor covariance)
    {
        var (values, vectors) = torch.linalg.eigh(covariance);
        var (least, most) = (values.min().ToDouble(), values.max().ToDouble());
        if (!(least >= -NegativeTolerance * most))
        {
            throw new InvalidOperationException($"eigenvalues from {least:g4} to {most:g4} where none can be negative: a covariance is none");
        }

        // In rising order. What is within rounding of 0 is no variance.
        var rank = values.gt(Epsilon * values.shape[0] * most).sum().ToInt64();
        var kept = values.shape[0] - rank;
        return vectors.narrow(1, kept, rank) * values.narrow(0, kept, rank).sqrt();
    }
}
