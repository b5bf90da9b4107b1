namespace Dfx.Metrics.Distances;

/// <summary>A Gaussian to compare with: what the Fréchet distance needs of its covariance is computed once.</summary>
internal sealed class GaussianReference : IDisposable
{
    /// <summary>Computes the factor.</summary>
    /// <param name="mean">float64 [D] on the CPU; copied.</param>
    /// <param name="covariance">Symmetric, float64 [D, D] on the CPU.</param>
    /// <exception cref="InvalidOperationException">The covariance has an eigenvalue that is clearly negative.</exception>
    public GaussianReference(torch.Tensor mean, torch.Tensor covariance)
    {
        using var scope = torch.NewDisposeScope();
        Mean = mean.clone().DetachFromDisposeScope();
        Trace = covariance.trace().ToDouble();
        var triangular = CovarianceFactor.Cholesky(covariance);
        IsTriangular = triangular is not null;
        Factor = (triangular ?? CovarianceFactor.Eigen(covariance)).DetachFromDisposeScope();
    }

    /// <summary>The mean, [D].</summary>
    public torch.Tensor Mean { get; }

    /// <summary>The trace of the covariance.</summary>
    public double Trace { get; }

    /// <summary>A, [D, r], with A A^T the covariance and r its numerical rank.</summary>
    public torch.Tensor Factor { get; }

    /// <summary>Whether A is lower triangular.</summary>
    public bool IsTriangular { get; }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Factor.Dispose();
    }
}
