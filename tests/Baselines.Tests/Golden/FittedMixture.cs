namespace Dfx.Baselines.Tests;

/// <summary>A mixture whose variance is a number a level, as Analytic-DPM fits it.</summary>
internal sealed class FittedMixture(Mixture mixture, Func<double, double> variance) : IVarianceDenoiser
{
    public INoiseSchedule Schedule => mixture.Schedule;

    public DataShape Shape => mixture.Shape;

    public IReadOnlyList<NetworkCard> Networks => mixture.Networks;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => mixture.Denoise(x, sigma, condition);

    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        var each = sigma.data<double>().ToArray().Select(variance).ToArray();
        return (mixture.Denoise(x, sigma), torch.tensor(each, torch.ScalarType.Float64).view(-1, 1, 1, 1));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => mixture.Prior(level, noise);

    public Checkpoint ToCheckpoint() => mixture.ToCheckpoint();

    public void Dispose()
    {
    }
}
