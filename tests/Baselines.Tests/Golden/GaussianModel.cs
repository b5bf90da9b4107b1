namespace Dfx.Baselines.Tests;

/// <summary>The exact denoiser of data N(m, v I) with the variance of its posterior: D = m + v / (v + sigma²) (x - m).</summary>
internal sealed class GaussianModel(double mean, double variance, INoiseSchedule schedule, int size = 2) : IVarianceDenoiser
{
    /// <summary>How many rows every call had.</summary>
    internal List<long> Rows { get; } = [];

    /// <summary>The first noise level of every call.</summary>
    internal List<double> Calls { get; } = [];

    public INoiseSchedule Schedule => schedule;

    public DataShape Shape { get; } = new(1, size, size);

    public IReadOnlyList<NetworkCard> Networks => [new("gaussian", 0)];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        Rows.Add(x.shape[0]);
        Calls.Add(sigma[0].ToDouble());
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(((x - mean) * Gain(sigma)) + mean);
    }

    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        return (Denoise(x, sigma).MoveToOuterDisposeScope(), scope.MoveToOuter(Gain(sigma) * sigma.square().view(-1, 1, 1, 1)));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

    public Checkpoint ToCheckpoint() => throw new NotSupportedException("A Gaussian is not trained.");

    public void Dispose()
    {
    }

    private torch.Tensor Gain(torch.Tensor sigma) => (variance / (sigma.square() + variance)).view(-1, 1, 1, 1);
}
