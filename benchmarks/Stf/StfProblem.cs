using Dfx.Stf;

namespace Dfx.Benchmarks.Stf;

/// <summary>A target at the size of the published CIFAR-10 runs: B = 128, n = 4096, d = 3072, levels from 0.02 to 100.</summary>
internal sealed class StfProblem : IDisposable
{
    private const int Rows = 128;
    private const int Count = 4096;
    private readonly References _references;

    internal StfProblem()
    {
        torch.manual_seed(1);
        using var scope = torch.NewDisposeScope();
        var images = (torch.rand(Count, 3, 32, 32) * 2) - 1;
        Sigma = torch.linspace(Math.Log(0.02), Math.Log(100), Rows).@float().exp().DetachFromDisposeScope();
        X = (images.narrow(0, 0, Rows) + (torch.randn(Rows, 3, 32, 32) * Sigma.view(-1, 1, 1, 1))).DetachFromDisposeScope();
        _references = new(images.DetachFromDisposeScope());
    }

    internal torch.Tensor X { get; }

    internal torch.Tensor Sigma { get; }

    internal torch.Tensor Images => _references.Images;

    internal torch.Tensor Target() => StableTarget.Of(X, Sigma, _references);

    public void Dispose()
    {
        X.Dispose();
        Sigma.Dispose();
        Images.Dispose();
    }
}
