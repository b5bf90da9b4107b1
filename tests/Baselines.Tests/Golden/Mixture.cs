namespace Dfx.Baselines.Tests;

/// <summary>The exact denoiser of a mixture of isotropic Gaussians, float64.</summary>
internal sealed class Mixture(torch.Tensor means, torch.Tensor weights, torch.Tensor deviations, DataShape shape, INoiseSchedule schedule) : IDenoiser
{
    /// <summary>Every noise level that it was asked for, a call an item.</summary>
    internal List<double> Calls { get; } = [];

    public INoiseSchedule Schedule => schedule;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [new("mixture", 0)];

    internal static Mixture Of(GoldenFile golden, INoiseSchedule schedule)
    {
        var s = golden.Doubles("mix_shape");
        return new(golden["mix_means"], golden["mix_weights"], golden["mix_stds"], new((int)s[0], (int)s[1], (int)s[2]), schedule);
    }

    /// <summary>A Gaussian with equal mean and variance in every number; variance 0 is a single point.</summary>
    internal static Mixture Gaussian(double mean, double variance, INoiseSchedule schedule) => new(
        torch.full([1, 4], mean, torch.ScalarType.Float64), torch.ones([1], torch.ScalarType.Float64), torch.full([1], Math.Sqrt(variance), torch.ScalarType.Float64), new(1, 2, 2), schedule);

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        Calls.Add(sigma[0].ToDouble());
        var y = x.@double().flatten(1).unsqueeze(1);
        var noise = sigma.@double().square().unsqueeze(1);
        var variances = deviations.square().unsqueeze(0) + noise;
        var distance = (y - means).square().sum([2L]);
        var share = (weights.log() - (variances.log() * (means.shape[1] / 2.0)) - (distance / (variances * 2))).softmax(1).unsqueeze(2);
        var each = ((y * deviations.square().view(1, -1, 1)) + (noise.unsqueeze(2) * means)) / variances.unsqueeze(2);
        return scope.MoveToOuter((share * each).sum([1L]).view(x.shape).to(x.dtype));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

    public Checkpoint ToCheckpoint() => throw new NotSupportedException("A mixture is not trained.");

    public void Dispose()
    {
    }
}
