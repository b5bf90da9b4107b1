namespace Dfx.Sdk.Tests.Models;

/// <summary>The exact denoiser of N(mean, variance I): D(x; sigma) = mean + variance / (variance + sigma^2) (x - mean).</summary>
internal sealed class AnalyticGaussian(double mean, double variance) : IDenoiser, INoiseSchedule
{
    internal bool Disposed { get; private set; }

    internal Condition? Given { get; private set; }

    public INoiseSchedule Schedule => this;

    public DataShape Shape => new(1, 2, 2);

    public IReadOnlyList<NetworkCard> Networks => [new("gaussian", 2)];

    public double SigmaMin => 0.01;

    public double SigmaMax => 50;

    public int? Steps => null;

    public double Scale(double t) => 1;

    public double Sigma(double t) => t;

    public double Time(double sigma) => sigma;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        Given = condition;
        using var scope = torch.NewDisposeScope();
        var noise = (sigma * sigma).view(-1, 1, 1, 1);
        return ((x - mean) * variance / (noise + variance) + mean).MoveToOuterDisposeScope();
    }

    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        using var z = noise.Normal();
        return z * level;
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>(), new Dictionary<string, string> { ["is"] = "gaussian" });

    public void Dispose() => Disposed = true;
}
