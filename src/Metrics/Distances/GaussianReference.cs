namespace Dfx.Metrics.Distances;

/// <summary>A Gaussian to compare with: what the Fréchet distance needs of its covariance is computed once.</summary>
internal sealed class GaussianReference : IDisposable
{
    /// <summary>Computes the factors.</summary>
    /// <param name="mean">float64 [D] on the CPU; copied.</param>
    /// <param name="covariance">Symmetric, float64 [D, D] on the CPU.</param>
    public GaussianReference(torch.Tensor mean, torch.Tensor covariance)
    {
        using var scope = torch.NewDisposeScope();
        Mean = mean.clone().DetachFromDisposeScope();
        Trace = covariance.trace().ToDouble();
        var (values, vectors) = torch.linalg.eigh(covariance);
        var roots = values.clamp_min(0).sqrt();
        Factor = (vectors * roots).DetachFromDisposeScope();
        Root = Factor.mm(vectors.t()).DetachFromDisposeScope();
    }

    /// <summary>The mean.</summary>
    public torch.Tensor Mean { get; }

    /// <summary>The trace of the covariance.</summary>
    public double Trace { get; }

    /// <summary>A with A A^T the covariance.</summary>
    public torch.Tensor Factor { get; }

    /// <summary>S, symmetric, with S S the covariance.</summary>
    public torch.Tensor Root { get; }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Factor.Dispose();
        Root.Dispose();
    }
}
