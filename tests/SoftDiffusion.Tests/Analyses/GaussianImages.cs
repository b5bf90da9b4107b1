using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion.Tests.Analyses;

/// <summary>Images of independent Gaussian pixels, other ones in each part.</summary>
internal sealed class GaussianImages(int train = 40, int test = 4000, int side = 4, int channels = 1) : IDataSource
{
    internal const double Mean = -0.4;
    internal const double Variance = 0.01;

    public DataShape Shape => new(channels, side, side);

    public IReadOnlyList<string> Classes => ["all"];

    public bool IsImages => false;

    public int Count(Split split) => split == Split.Train ? train : test;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var (values, each) = (new float[indices.Length * Shape.Elements], (int)Shape.Elements);
        for (var i = 0; i < indices.Length; i++)
        {
            NoiseSource.Normals(NoiseKey.For(1, $"{split}"), (uint)indices[i], 0, values.AsSpan(i * each, each));
        }

        return torch.tensor(Array.ConvertAll(values, v => (float)(Mean + (Math.Sqrt(Variance) * v))), Shape.Batch(indices.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => torch.zeros([indices.Length], torch.ScalarType.Int64);

    public void Dispose()
    {
    }
}
