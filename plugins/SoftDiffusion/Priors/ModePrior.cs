namespace Dfx.SoftDiffusion;

/// <summary>
/// Blurred images as draws of a Gaussian in the modes of the blur, and noise. Sampling then needs no training image. It is fitted at t = 1 at once,
/// and at another t when somebody asks for it.
/// </summary>
internal sealed class ModePrior : IPrior
{
    private readonly SoftPrior _kind;
    private readonly SoftCorruption _corruption;
    private readonly IDataSource _data;
    private (double T, ModeGaussian Law) _fit;

    /// <param name="kind">All modes that are seen beside the noise, or the first one of every channel.</param>
    /// <param name="corruption">A blur and noise.</param>
    /// <param name="data">The training images.</param>
    /// <exception cref="ArgumentException">There are too few training images.</exception>
    internal ModePrior(SoftPrior kind, SoftCorruption corruption, IDataSource data)
    {
        (_kind, _corruption, _data) = (kind, corruption, data);
        _fit = (1, Fit(1));
    }

    public torch.Tensor Draw(double t, SampleNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        var normal = noise.Normal();
        var law = Law(t);
        var blurred = law.Images(noise.Normal(law.Kept));
        return scope.MoveToOuter(normal.mul_(_corruption.Sigma(t)).add_(blurred.mul_(SoftCorruption.Scale).sub_(1)));
    }

    public void Dispose() => _fit.Law.Dispose();

    private ModeGaussian Law(double t)
    {
        if (_fit.T != t)
        {
            var law = Fit(t);
            _fit.Law.Dispose();
            _fit = (t, law);
        }

        return _fit.Law;
    }

    private ModeGaussian Fit(double t)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var (blur, schedule, shape) = ((GaussianBlur)_corruption.Operator, _corruption.Schedule, _data.Shape);
        var (level, colour) = (schedule.Level(t), _kind == SoftPrior.Colour);
        var least = schedule.Sigma(t) / 10;
        var modes = colour ? BlurModes.First(blur, level) : BlurModes.Of(blur, level, least);
        return ModeGaussian.Fit(modes, shape.Channels, PriorImages.Of(_data, modes), colour ? -1 : least);
    }
}
