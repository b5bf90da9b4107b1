namespace Dfx.Baselines;

/// <summary>A denoiser with one variance a noise level, sigma² (1 - Gamma(sigma)).</summary>
/// <param name="source">The denoiser, which the host disposes.</param>
/// <param name="sigmas">Noise levels, rising.</param>
/// <param name="gammas">Gamma at each of them.</param>
/// <param name="limit">The most that the variance can be.</param>
internal sealed class AnalyticDenoiser(IDenoiser source, double[] sigmas, double[] gammas, double limit) : IVarianceDenoiser
{
    private readonly double[] _logs = Array.ConvertAll(sigmas, Math.Log);

    public INoiseSchedule Schedule => source.Schedule;

    public DataShape Shape => source.Shape;

    public IReadOnlyList<NetworkCard> Networks => source.Networks;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => source.Denoise(x, sigma, condition);

    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        var level = sigma.@double();
        var variance = (level.square() * (1 - Interpolation.Linear(level.log(), _logs, gammas))).clamp(0, limit);
        return (scope.MoveToOuter(source.Denoise(x, sigma, condition)), scope.MoveToOuter(Denoising.Rows(variance, x)));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => source.Prior(level, noise);

    public Checkpoint ToCheckpoint() => AnalyticMethod.Table(sigmas, gammas);

    public void Dispose()
    {
    }
}
