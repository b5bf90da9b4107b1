using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>Grey images of random bytes around a brightness of their class: the same everywhere.</summary>
internal sealed class TinyData(int side = 8) : IDataSource
{
    private const int Images = 32;
    private const ulong Seed = 1;

    public DataShape Shape { get; } = new(1, side, side);

    public IReadOnlyList<string> Classes { get; } = ["dark", "bright"];

    public bool IsImages => true;

    public int Count(Split split) => Images;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var values = new float[indices.Length * Shape.Elements];
        for (var i = 0; i < indices.Length; i++)
        {
            var pixels = values.AsSpan(i * (int)Shape.Elements, (int)Shape.Elements);
            NoiseSource.Uniforms(NoiseKey.For(Seed, split.ToString()), (uint)Checked(indices[i]), 0, pixels);
            foreach (ref var pixel in pixels)
            {
                pixel = (MathF.Floor(pixel * 128) + (indices[i] % 2 * 127)) / 127.5f - 1;
            }
        }

        return torch.tensor(values, Shape.Batch(indices.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices)
    {
        var labels = new long[indices.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = Checked(indices[i]) % 2;
        }

        return torch.tensor(labels);
    }

    public void Dispose()
    {
    }

    private static int Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Images);
        return index;
    }
}
