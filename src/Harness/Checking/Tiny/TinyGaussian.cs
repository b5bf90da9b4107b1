using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>
/// The exact denoiser of data N(m, v I): D(x; sigma) = m + v / (v + sigma²) (x - m), on the levels of EDM (Karras et al. 2022, table 1).
/// </summary>
/// <param name="shape">The shape of an image.</param>
/// <param name="steps">The number of steps of a discrete schedule, or null.</param>
internal class TinyGaussian(DataShape shape, int? steps = null) : IDenoiser, INoiseSchedule
{
    private const double Mean = 0.2;
    private const double Variance = 0.25;
    private readonly double _ratio = 80 / 0.002;

    /// <summary>Told of every evaluation.</summary>
    internal Action<torch.Tensor, torch.Tensor>? Seen { get; set; }

    /// <summary>Told of every evaluation as a network's meter; null for a model that does not report.</summary>
    internal IEvaluationMeter? Meter { get; init; }

    private NetworkCard Card => field ??= new("gaussian", 2) { Reports = Meter is not null };

    public INoiseSchedule Schedule => this;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [Card];

    public double SigmaMin => 0.002;

    public double SigmaMax => 80;

    public int? Steps => steps;

    public double Scale(double t) => 1;

    /// <summary>Steps 1 to T lie geometrically between the levels.</summary>
    public double Sigma(double t) => steps is not { } count ? t : t <= 0 ? 0 : SigmaMin * Math.Pow(_ratio, (t - 1) / (count - 1));

    public double Time(double sigma) =>
        steps is not { } count ? sigma : sigma <= 0 ? 0 : 1 + ((count - 1) * Math.Log(sigma / SigmaMin) / Math.Log(_ratio));

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        return Posterior(x, sigma).Mean.MoveToOuterDisposeScope();
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal().mul_(level);

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose() => GC.SuppressFinalize(this);

    protected (torch.Tensor Mean, torch.Tensor Variance) Posterior(torch.Tensor x, torch.Tensor sigma)
    {
        Seen?.Invoke(x, sigma);
        Meter?.Count(Card, x.shape[0], trains: false);
        using var grad = torch.no_grad();
        var noise = (sigma * sigma).view(-1, 1, 1, 1);
        var gain = Variance / (noise + Variance);
        return ((gain * (x - Mean)) + Mean, gain * noise);
    }
}

/// <summary>The same with its variance, v sigma² / (v + sigma²).</summary>
internal sealed class TinyUncertainGaussian(DataShape shape, int? steps = null) : TinyGaussian(shape, steps), IVarianceDenoiser
{
    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        var (mean, variance) = Posterior(x, sigma);
        return (mean.MoveToOuterDisposeScope(), variance.MoveToOuterDisposeScope());
    }
}
