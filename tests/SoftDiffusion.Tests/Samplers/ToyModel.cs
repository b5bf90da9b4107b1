using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion.Tests.Samplers;

/// <summary>A corruption model that restores as it is told to, and counts how often.</summary>
internal sealed class ToyModel(SoftCorruption corruption, Func<torch.Tensor, torch.Tensor> restore, DataShape shape) : ICorruptionModel
{
    /// <summary>The times of its evaluations.</summary>
    internal List<double> Times { get; } = [];

    public ICorruption Corruption => corruption;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [new("toy", 0)];

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        Times.Add(t[0].ToDouble());
        return restore(x);
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * corruption.Sigma(level);

    public Checkpoint ToCheckpoint() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

/// <summary>The ideal denoiser of Gaussian images N(0.3, v I).</summary>
internal sealed class GaussianDenoiser(INoiseSchedule schedule, double variance = 0.25) : IDenoiser
{
    public INoiseSchedule Schedule => schedule;

    public DataShape Shape => new(1, 4, 4);

    public IReadOnlyList<NetworkCard> Networks => [new("gaussian", 0)];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        var level = sigma.view(-1, 1, 1, 1).square();
        return ((x - 0.3) * variance / (level + variance)) + 0.3;
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

    public Checkpoint ToCheckpoint() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

/// <summary>Requests as a host makes them.</summary>
internal static class Requests
{
    internal static SampleNoise Noise(DataShape shape, int count = 3) => new(NoiseKey.For(5, "sampling"), 0, count, shape, torch.CPU);

    /// <summary>A run over levels, from a draw of the model's prior or from a state.</summary>
    internal static SamplingRequest Over(IReadOnlyList<double> levels, ITrainedModel model, torch.Tensor? start = null, int? stop = null, int count = 3)
    {
        var noise = Noise(model.Shape, start is null ? count : (int)start.shape[0]);
        return new()
        {
            Nfe = levels.Count - 1,
            Levels = levels,
            Stop = stop ?? levels.Count - 1,
            Start = start ?? model.Prior(levels[0], noise),
            Noise = noise,
        };
    }
}
