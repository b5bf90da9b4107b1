using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>Euler steps with a model of plain generation, whose states have the known pixels, as noisy as the level, put in before every step.</summary>
[Sampler("test-imposing", "Imposing", ImposesKnown = true)]
public sealed class ImposingSampler : ISampler<IDenoiser>
{
    private readonly EulerSampler _euler = new(new());

    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => _euler.Levels(model, nfe);

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            using var scope = torch.NewDisposeScope();
            var (known, mask) = (request.Condition!.Known!, request.Condition.Mask!);
            var noisy = (known + request.Noise.Normal() * sigma) * mask + x * (1 - mask);
            var slope = (noisy - model.Denoise(noisy, request.Fill(sigma))) / sigma;
            x = EulerSampler.Replace(x, noisy + slope * (next - sigma));
        }

        return x;
    }
}
