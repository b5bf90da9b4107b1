using System.Globalization;

// By name: a test compiles this file too, without this project's usings.
using NetworkSettings = Dfx.Sdk.NetworkSettings;
using Precision = Dfx.Sdk.Precision;

namespace Dfx.Benchmarks.Devices;

/// <summary>How much of a precision is measured: blocks of steps after a warm-up, and cells.</summary>
internal readonly record struct LoopBlocks(int WarmUp, int Steps, int Count, int Cells)
{
    /// <summary>The last step that is measured.</summary>
    internal int Last => WarmUp + (Steps * Count);
}

/// <summary>A network that both sides train and sample from, and what of it is measured.</summary>
/// <param name="Name">Its name in the lines.</param>
/// <param name="Network">Family and size.</param>
/// <param name="TrainLimit">The largest ratio of our time for a step to the other side's that is good enough.</param>
internal sealed record LoopCase(string Name, NetworkSettings Network, double TrainLimit)
{
    /// <summary>The same for sampling.</summary>
    internal const double SampleLimit = 0.7;

    internal const int Side = 32;

    internal int Batch { get; private init; } = 128;

    internal int Images { get; private init; } = 256;

    /// <summary>Steps of Heun's method, of two evaluations each but the last.</summary>
    internal int SamplingSteps { get; private init; } = 18;

    internal int Nfe => (2 * SamplingSteps) - 1;

    private LoopBlocks Usual { get; init; } = new(20, 25, 4, 3);

    /// <summary>Those of float32, which on a GPU takes several times as long as the others and is never the fastest.</summary>
    private LoopBlocks Exact { get; init; } = new(20, 25, 4, 3);

    internal LoopBlocks Blocks(Precision precision) => precision == Precision.Float32 ? Exact : Usual;

    /// <summary>The small network of 7.0 million parameters and EDM's for CIFAR-10 of 55.7 million.</summary>
    /// <param name="quick">Tiny networks, small batches and few steps instead: whether it runs, not how fast.</param>
    internal static IReadOnlyList<LoopCase> All(bool quick) => quick
        ? [Tiny("small", 8, 0.57), Tiny("large", 16, 0.76)]
        : [new("small", Sized(64, [1, 2, 2], 2), 0.57), new("large", Sized(128, [2, 2, 2], 4), 0.76) { Exact = new(5, 5, 4, 0) }];

    /// <summary>The matrix of the case in one precision; a checkpoint is due at the last step that is measured.</summary>
    /// <param name="data">The packed images.</param>
    /// <param name="precision">The precision; the CPU, which has no TF32, takes it for float32.</param>
    /// <param name="steps">Steps of the whole run.</param>
    internal string Matrix(string data, Precision precision, int steps) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        name: loop
        datasets: [{ dataset: images, path: '{{data.Replace("'", "''", StringComparison.Ordinal)}}' }]
        network: { family: ddpmpp, channels: {{Network.Channels}}, multipliers: [{{string.Join(", ", Network.Multipliers)}}], blocks: {{Network.Blocks}}, attention: [16], dropout: 0 }
        training: { steps: {{steps}}, batch: {{Batch}}, checkpoints: [{{(double)Blocks(precision).Last / steps}}, 1], learning-rate: 0.0001, clip: 1, ema: 0.999, flip: true }
        methods: [{ method: dsm, with: { process: edm } }]
        samplers: [heun]
        nfe: [{{Nfe}}]
        samples: {{Images}}
        sampling-batch: {{Images}}
        metrics: [fd]
        """);

    private static LoopCase Tiny(string name, int channels, double limit) => new(name, Sized(channels, [1, 2], 1), limit)
    {
        Batch = 8,
        Images = 8,
        SamplingSteps = 3,
        Usual = new(2, 2, 3, 2),
        Exact = new(2, 2, 3, 2),
    };

    private static NetworkSettings Sized(int channels, int[] multipliers, int blocks) =>
        new() { Family = "ddpmpp", Channels = channels, Multipliers = [.. multipliers], Blocks = blocks, Attention = [16], Dropout = 0 };
}
