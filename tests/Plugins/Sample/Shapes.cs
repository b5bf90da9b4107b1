using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>Image i of a part is a square if i is even, else a disc; place, size and brightness are its own random numbers.</summary>
internal sealed class Shapes(ShapesOptions options) : IDataSource
{
    private const ulong Seed = 20;

    public DataShape Shape { get; } = new(1, options.Size, options.Size);

    public IReadOnlyList<string> Classes { get; } = ["square", "disc"];

    public bool IsImages => true;

    public int Count(Split split) => split == Split.Train ? options.Train : options.Test;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var values = new float[indices.Length * Shape.Elements];
        for (var i = 0; i < indices.Length; i++)
        {
            Draw(split, Checked(split, indices[i]), values.AsSpan(i * (int)Shape.Elements, (int)Shape.Elements));
        }

        return torch.tensor(values, Shape.Batch(indices.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices)
    {
        var labels = new long[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            labels[i] = Checked(split, indices[i]) % 2;
        }

        return torch.tensor(labels);
    }

    public void Dispose()
    {
    }

    private void Draw(Split split, int index, Span<float> pixels)
    {
        Span<float> u = stackalloc float[4];
        NoiseSource.Uniforms(NoiseKey.For(Seed, split.ToString()), (uint)index, 0, u);
        var size = options.Size;
        var radius = size * (0.15f + 0.2f * u[0]);
        var (x, y, byteValue) = (size * (0.35f + 0.3f * u[1]), size * (0.35f + 0.3f * u[2]), 128 + (int)(127 * u[3]));
        for (var i = 0; i < pixels.Length; i++)
        {
            var (dx, dy) = ((i % size) + 0.5f - x, (i / size) + 0.5f - y);
            var inside = index % 2 == 0 ? MathF.Max(MathF.Abs(dx), MathF.Abs(dy)) < radius : MathF.Sqrt(dx * dx + dy * dy) < radius;
            pixels[i] = (inside ? byteValue : 0) / 127.5f - 1;
        }
    }

    private int Checked(Split split, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count(split));
        return index;
    }
}
