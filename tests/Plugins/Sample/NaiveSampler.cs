using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>Restores, corrupts again with the next level, and so on: the naive sampler of Soft Diffusion, algorithm 1.</summary>
[Sampler("test-naive", "Naive", Paper = "Daras et al., TMLR 2023")]
public sealed class NaiveSampler : ISampler<ICorruptionModel>
{
    public IReadOnlyList<double> Levels(ICorruptionModel model, int nfe) => 1.0 / nfe < model.Corruption.MinLevel || nfe < model.Corruption.MinSteps
        ? throw new NotApplicableException($"test-naive takes {model.Corruption.MinSteps} to {1 / model.Corruption.MinLevel:F0} steps, not {nfe}.")
        : [.. Enumerable.Range(0, nfe + 1).Select(i => 1 - (double)i / nfe)];

    public torch.Tensor Sample(ICorruptionModel model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, t, next) in request.Steps())
        {
            using var scope = torch.NewDisposeScope();
            var clean = model.Restore(x, request.Fill(t));
            var faded = model.Corruption.Apply(clean, request.Fill(next));
            x = EulerSampler.Replace(x, faded + request.Noise.Normal() * model.Corruption.Sigma(next));
        }

        return x;
    }
}
