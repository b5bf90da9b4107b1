namespace Dfx.SoftDiffusion.Tests.Analyses;

/// <summary>
/// The exact E[x0 | x_t] of <see cref="GaussianImages"/> that get darker: x_t + 1 = (1 - t) (x0 + 1) + sigma_t z, so that g = 1 - t, and
/// E[x0 | x_t] = m + g v (x_t + 1 - g (m + 1)) / (g² v + sigma²) of every pixel.
/// </summary>
internal sealed class DimmedGaussian(DataShape shape) : ICorruptionModel, ICorruption
{
    internal int Calls { get; private set; }

    public ICorruption Corruption => this;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [];

    public double MinLevel => 0.01;

    public double Sigma(double t) => 0.1 * t;

    public bool IsIdentity(double t) => t <= 0;

    public torch.Tensor Apply(torch.Tensor x, torch.Tensor t)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(((1 - t).view(-1, 1, 1, 1) * (x + 1)) - 1);
    }

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        Calls++;
        var (gain, sigma) = ((1 - t).view(-1, 1, 1, 1), (t * 0.1).view(-1, 1, 1, 1));
        var weight = gain * GaussianImages.Variance / ((gain.square() * GaussianImages.Variance) + sigma.square());
        return scope.MoveToOuter((weight * (x + 1 - (gain * (GaussianImages.Mean + 1)))) + GaussianImages.Mean);
    }

    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((noise.Normal() * Sigma(level)) - 1);
    }

    public Checkpoint ToCheckpoint() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
