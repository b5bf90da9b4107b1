using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>
/// Draws x0 from the model's posterior N(D, V) and adds noise of the next level. For Gaussian data every level has its exact distribution,
/// whatever the number of steps.
/// </summary>
[Sampler("test-redraw", "Redraw")]
public sealed class RedrawSampler : ISampler<IVarianceDenoiser>
{
    public IReadOnlyList<double> Levels(IVarianceDenoiser model, int nfe) => [.. Enumerable.Range(0, nfe)
        .Select(i => model.Schedule.SigmaMax * Math.Pow(model.Schedule.SigmaMin / model.Schedule.SigmaMax, (double)i / nfe)), 0];

    public torch.Tensor Sample(IVarianceDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            using var scope = torch.NewDisposeScope();
            var (mean, variance) = model.DenoiseWithVariance(x, request.Fill(sigma));
            x = EulerSampler.Replace(x, mean + variance.sqrt() * request.Noise.Normal() + request.Noise.Normal() * next);
        }

        return x;
    }
}
