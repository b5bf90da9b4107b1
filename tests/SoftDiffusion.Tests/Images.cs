using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion.Tests;

/// <summary>Images for tests: slowly varying colours and some noise, as photographs have them.</summary>
internal static class Images
{
    /// <summary>Images in [0, 1]: [count, channels, height, width], float64.</summary>
    internal static torch.Tensor Smooth(int count, int channels, int height, int width, int first = 0)
    {
        var values = new double[count * channels * height * width];
        var numbers = new float[8];
        for (var plane = 0; plane < count * channels; plane++)
        {
            NoiseSource.Normals(NoiseKey.For(3, "smooth"), (uint)((first * channels) + plane), 0, numbers);
            for (var pixel = 0; pixel < height * width; pixel++)
            {
                var (row, column) = ((double)(pixel / width) / height, (double)(pixel % width) / width);
                var wave = numbers[0] + (numbers[1] * row) + (numbers[2] * column)
                    + (numbers[3] * Math.Sin((9 * row) + numbers[4])) + (numbers[5] * Math.Sin((14 * column) + (8 * row) + numbers[6]));
                values[(plane * height * width) + pixel] = 1 / (1 + Math.Exp(-wave));
            }
        }

        return torch.tensor(values, [count, channels, height, width]);
    }

    /// <summary>Standard normals [count, channels, height, width], float64.</summary>
    internal static torch.Tensor Normal(string purpose, int count, int channels, int height, int width) =>
        new SampleNoise(NoiseKey.For(3, purpose), 0, count, new(channels, height, width), torch.CPU).Normal();

    internal static torch.Tensor Fill(double value, int count) => torch.full([count], value, torch.ScalarType.Float64);
}

/// <summary>Smooth images as data.</summary>
internal sealed class SmoothData(int images = 64, int channels = 1, int side = 8, int classes = 0) : IDataSource
{
    private torch.Tensor? _all;

    /// <summary>Images that were read so far.</summary>
    internal int Read { get; private set; }

    public DataShape Shape => new(channels, side, side);

    public IReadOnlyList<string> Classes => [.. Enumerable.Range(0, classes).Select(c => $"class {c}")];

    public bool IsImages => false;

    public int Count(Split split) => images;

    /// <summary>All images, in [0, 1].</summary>
    internal torch.Tensor All => _all ??= Images.Smooth(images, channels, side, side).DetachFromDisposeScope();

    torch.Tensor IDataSource.Read(Split split, ReadOnlySpan<int> indices)
    {
        Read += indices.Length;
        var chosen = All.index_select(0, torch.tensor(Array.ConvertAll(indices.ToArray(), i => (long)i)));
        return chosen.mul_(2).sub_(1).@float();
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => torch.tensor(Array.ConvertAll(indices.ToArray(), i => (long)i % classes));

    public void Dispose() => _all?.Dispose();
}
