using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>The exact denoiser of data x0 ~ N(m, v), pixel by pixel: D(x; sigma) = m + v / (v + sigma^2) (x - m).</summary>
internal class GaussianDenoiser(torch.Tensor mean, torch.Tensor variance, DataShape shape) : IDenoiser
{
    public INoiseSchedule Schedule { get; } = new LinearSchedule();

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [new("gaussian", 2 * shape.Elements)];

    internal static GaussianDenoiser From(torch.Tensor mean, torch.Tensor variance, ModelContext context) =>
        new(Copy(mean, context), Copy(variance, context), context.Data.Shape);

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        var (mean, variance) = Posterior(x, sigma);
        variance.Dispose();
        return mean;
    }

    public virtual torch.Tensor Prior(double level, SampleNoise noise)
    {
        using var z = noise.Normal();
        return z * level;
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor> { ["mean"] = mean, ["variance"] = variance });

    public void Dispose()
    {
        mean.Dispose();
        variance.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A tensor that lives as long as its model, on the model's device.</summary>
    internal static torch.Tensor Copy(torch.Tensor tensor, ModelContext context) =>
        tensor.to(torch.float64, context.Device, copy: true).DetachFromDisposeScope();

    /// <summary>Mean and variance of x0 given x: both [N, C, H, W].</summary>
    protected (torch.Tensor Mean, torch.Tensor Variance) Posterior(torch.Tensor x, torch.Tensor sigma)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var (m, v) = (mean.to(x.dtype), variance.to(x.dtype));
        var noise = (sigma * sigma).view(-1, 1, 1, 1);
        var gain = v / (v + noise);
        return ((m + gain * (x - m)).MoveToOuterDisposeScope(), (gain * noise).MoveToOuterDisposeScope());
    }
}
