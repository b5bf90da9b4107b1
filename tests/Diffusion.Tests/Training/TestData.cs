using Dfx.Numerics.Noise;

namespace Dfx.Diffusion.Tests.Training;

/// <summary>A hundred images of 8 by 8 pixels, each with a brightness of its own that says which one it is.</summary>
internal sealed class TestData : IDataSource
{
    internal const int Images = 100;

    public DataShape Shape => new(1, 8, 8);

    public IReadOnlyList<string> Classes => [];

    public bool IsImages => true;

    public int Count(Split split) => Images;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var values = new float[indices.Length * 64];
        for (var i = 0; i < indices.Length; i++)
        {
            var image = values.AsSpan(i * 64, 64);
            NoiseSource.Normals(NoiseKey.For(1, "images"), (uint)indices[i], 0, image);
            for (var j = 0; j < 64; j++)
            {
                image[j] = j == 0 ? indices[i] / 100f : Math.Clamp(image[j] / 4, -1, 1);
            }
        }

        return torch.tensor(values, Shape.Batch(indices.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("No labels.");

    public void Dispose()
    {
    }
}
