using Dfx.Numerics.Noise;

namespace Dfx.Baselines.Tests.Methods;

/// <summary>Gaussian data of one pixel.</summary>
internal sealed class PixelData : IDataSource
{
    internal const double Mean = 0.3;
    internal const double Variance = 0.25;

    public DataShape Shape => new(1, 1, 1);

    public IReadOnlyList<string> Classes => [];

    public bool IsImages => false;

    public int Count(Split split) => 5000;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var values = new float[indices.Length];
        for (var i = 0; i < values.Length; i++)
        {
            NoiseSource.Normals(NoiseKey.For(1, "pixels"), (uint)indices[i], 0, values.AsSpan(i, 1));
            values[i] = (float)(Mean + (Math.Sqrt(Variance) * values[i]));
        }

        return torch.tensor(values, Shape.Batch(values.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("No labels.");

    public void Dispose()
    {
    }
}
