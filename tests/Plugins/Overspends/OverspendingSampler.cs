using Dfx.Sdk;

namespace Dfx.TestPlugins.Overspends;

/// <summary>Promises one evaluation a step and takes two.</summary>
[Sampler("test-overspends", "Overspends")]
public sealed class OverspendingSampler : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => [.. Enumerable.Range(0, nfe)
        .Select(i => model.Schedule.SigmaMax * Math.Pow(model.Schedule.SigmaMin / model.Schedule.SigmaMax, (double)i / nfe)), 0];

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            using var scope = torch.NewDisposeScope();
            var clean = (model.Denoise(x, request.Fill(sigma)) + model.Denoise(x, request.Fill(sigma))) / 2;
            var state = (clean + (x - clean) * (next / sigma)).MoveToOuterDisposeScope();
            x.Dispose();
            x = state;
        }

        return x;
    }
}
