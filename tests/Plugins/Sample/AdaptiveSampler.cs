using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>Halves the noise level until it is below the schedule's lowest: it decides itself how many evaluations that takes.</summary>
[Sampler("test-halving", "Halving", Adaptive = true)]
public sealed class AdaptiveSampler : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => [model.Schedule.SigmaMax, model.Schedule.SigmaMin, 0];

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, level, last) in request.Steps())
        {
            for (var sigma = level; sigma > last;)
            {
                using var scope = torch.NewDisposeScope();
                var next = Math.Max(sigma / 2, last) is var half && half > model.Schedule.SigmaMin ? half : last;
                var slope = (x - model.Denoise(x, request.Fill(sigma))) / sigma;
                x = EulerSampler.Replace(x, x + slope * (next - sigma));
                sigma = next;
            }
        }

        return x;
    }
}
