using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>The contexts that everything is tried in.</summary>
internal static class Bench
{
    internal const int Steps = 6;

    /// <summary>Fractions that are kept.</summary>
    internal static readonly double[] Checkpoints = [0.5, 1.0];

    internal static TinyData Data { get; } = new();

    internal static ModelContext Model(ulong seed = 1, IDataSource? data = null, IEvaluationMeter? meter = null) => new()
    {
        Data = data ?? Data,
        Task = new GenerateTask(),
        Network = new() { Channels = 8, Multipliers = [1, 2], Blocks = 1 },
        Device = torch.CPU,
        Seed = seed,
        Meter = meter ?? IEvaluationMeter.None,
    };

    internal static TrainingContext Training(ITrainingHost host, ulong seed = 1, int steps = Steps, CancellationToken cancellation = default) => new()
    {
        Model = Model(seed),
        Settings = new() { Steps = steps, Batch = 4, Checkpoints = [.. Checkpoints] },
        Host = host,
        Cancellation = cancellation,
    };

    /// <summary>The noise of samples, always the same.</summary>
    internal static SampleNoise Noise(int count, int first = 0, DataShape? shape = null, torch.Device? device = null) =>
        new(NoiseKey.For(1, "check"), first, count, shape ?? Data.Shape, device ?? torch.CPU);

    /// <summary>The first images of the training set.</summary>
    internal static torch.Tensor Images(IDataSource data, int first, int count) => data.Read(Split.Train, [.. Enumerable.Range(first, count)]);

    /// <summary>Images of which the upper half is known.</summary>
    internal static Condition HalfKnown(int count, int first, torch.Device? device = null)
    {
        var mask = torch.zeros([count, 1, Data.Shape.Height, Data.Shape.Width], device: device);
        mask.narrow(2, 0, Data.Shape.Height / 2).fill_(1);
        return new() { Known = Images(Data, first, count).to(mask.device) * mask, Mask = mask };
    }

    /// <summary>Copies of a checkpoint on the CPU, as a file gives them.</summary>
    internal static Checkpoint Stored(Checkpoint checkpoint) =>
        checkpoint with { Tensors = checkpoint.Tensors.ToDictionary(t => t.Key, t => Tensors.Keep(t.Value)) };

    internal static void Free(Checkpoint checkpoint)
    {
        foreach (var tensor in checkpoint.Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
