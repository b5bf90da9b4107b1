using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>
/// The exact restoration of data x0 ~ N(m, v I) from x_t = C x0 + sigma z: m + v C (v C^2 + sigma^2)^-1 (x_t - C m). C scales an image's
/// average by 1 and what deviates from it by 1 - t, so the inverse is taken on each of the two.
/// </summary>
internal sealed class FadedGaussian(torch.Tensor mean, torch.Tensor variance, double sigma, DataShape shape) : ICorruptionModel
{
    private readonly Fading _fading = new(sigma);
    private readonly double _variance = variance.ToDouble();

    public ICorruption Corruption => _fading;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [new("faded-gaussian", shape.Elements + 1)];

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var m = mean.to(x.dtype).unsqueeze(0);
        var level = t.view(-1, 1, 1, 1);
        var (keep, noise) = (1 - level, (level * sigma).square());
        var residual = x - _fading.Apply(m.expand(x.shape), t);
        var average = Fading.Average(residual);
        var flat = average * _variance / (_variance + noise);
        var detail = (residual - average) * (_variance * keep) / (_variance * keep * keep + noise);
        return (m + flat + detail).MoveToOuterDisposeScope();
    }

    /// <summary>The exact distribution of x_t: N(C m, v C^2 + sigma^2).</summary>
    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        var z = noise.Normal();
        var average = Fading.Average(z);
        var (keep, floor) = (1 - level, Math.Pow(_fading.Sigma(level), 2));
        var centre = _fading.Apply(mean.to(z.dtype).unsqueeze(0), torch.full([1], level, z.dtype, z.device));
        return (centre + average * Math.Sqrt(_variance + floor) + (z - average) * Math.Sqrt(_variance * keep * keep + floor))
            .MoveToOuterDisposeScope();
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor> { ["mean"] = mean, ["variance"] = variance });

    public void Dispose()
    {
        mean.Dispose();
        variance.Dispose();
    }
}
