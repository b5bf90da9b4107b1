using Dfx.Numerics.Noise;

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Requests as a host makes them.</summary>
internal static class Requests
{
    internal static SamplingRequest Of(ISampler<IDenoiser> sampler, IDenoiser model, int nfe, long first = 0, int count = 2, int? stop = null)
    {
        var levels = sampler.Levels(model, nfe);
        var noise = new SampleNoise(NoiseKey.For(5, "sampling"), first, count, model.Shape, torch.CPU);
        return new() { Nfe = nfe, Levels = levels, Stop = stop ?? levels.Count - 1, Start = model.Prior(levels[0], noise), Noise = noise };
    }

    /// <summary>A run over given levels from a given start.</summary>
    internal static SamplingRequest Over(IReadOnlyList<double> levels, torch.Tensor start, int? stop = null) => new()
    {
        Nfe = int.MaxValue,
        Levels = levels,
        Stop = stop ?? levels.Count - 1,
        Start = start,
        Noise = new SampleNoise(NoiseKey.For(5, "sampling"), 0, (int)start.shape[0], new(1, 1, 1), torch.CPU),
    };
}
