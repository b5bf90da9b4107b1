using Dfx.Numerics.Noise;

namespace Dfx.Compensation.Tests;

/// <summary>Images, noise and estimates for formulas, and contexts for short runs.</summary>
internal static class Problem
{
    internal static readonly DataShape Shape = new(1, 8, 8);

    /// <summary>Standard normals of a purpose.</summary>
    internal static torch.Tensor Normal(string purpose, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        NoiseSource.Normals(NoiseKey.For(7, purpose), 0, 0, values);
        return torch.tensor(values, shape);
    }

    /// <summary>Uniforms in (-1, 1), as clean images.</summary>
    internal static torch.Tensor Uniform(string purpose, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        NoiseSource.Uniforms(NoiseKey.For(7, purpose), 0, 0, values);
        return torch.tensor(values, shape).mul_(2).sub_(1);
    }

    /// <summary>sigma of the steps 0 … T.</summary>
    internal static torch.Tensor Sigmas(int steps) =>
        torch.tensor(DiscreteSchedule.Scaled(steps).LogVariances.Select(v => Math.Sqrt(Math.Exp(v) - 1)).ToArray());

    internal static TrainingContext Context(IDataSource? data = null, int steps = 4, int batch = 8, ITask? task = null, ITrainingHost? host = null) => new()
    {
        Model = new()
        {
            Data = data ?? new FlatData(),
            Task = task ?? new GenerateTask(),
            Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 1,
        },
        Settings = new() { Steps = steps, Batch = batch, LearningRate = 5e-3, Ema = [0.9] },
        Host = host ?? new SilentHost(),
    };
}

/// <summary>Images whose numbers tell which they are: all pixels of image i are Value(i), or independent Gaussian pixels.</summary>
/// <param name="images">How many.</param>
/// <param name="deviation">Of Gaussian pixels around 0; null for flat images.</param>
/// <param name="classes">How many classes labels have.</param>
internal sealed class FlatData(int images = 64, double? deviation = null, int classes = 0) : IDataSource
{
    public DataShape Shape => Problem.Shape;

    public IReadOnlyList<string> Classes => [.. Enumerable.Range(0, classes).Select(c => $"class {c}")];

    public bool IsImages => false;

    public int Count(Split split) => images;

    internal double Value(int image) => images == 1 ? 0.25 : ((2.0 * image) / (images - 1)) - 1;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var all = new torch.Tensor[indices.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = deviation is { } d
                ? Problem.Normal($"image {indices[i]}", Shape.Channels, Shape.Height, Shape.Width) * d
                : torch.full([Shape.Channels, Shape.Height, Shape.Width], Value(indices[i]), torch.ScalarType.Float32);
        }

        return torch.stack(all);
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => torch.tensor(Array.ConvertAll(indices.ToArray(), i => (long)i % classes));

    public void Dispose()
    {
    }
}
