using Dfx.Numerics.Noise;

namespace Dfx.Stf.Tests.Training;

/// <summary>Gaussian images, of which every one has its index as its class modulo the number of classes. It keeps what was read.</summary>
internal sealed class GaussianData(int images = 5000, int classes = 0, int side = 1) : IDataSource
{
    internal const double Mean = 0.3;
    internal const double Deviation = 0.5;

    internal List<int[]> Reads { get; } = [];

    public DataShape Shape => new(1, side, side);

    public IReadOnlyList<string> Classes => [.. Enumerable.Range(0, classes).Select(c => $"class {c}")];

    public bool IsImages => false;

    public int Count(Split split) => images;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        Reads.Add(indices.ToArray());
        var (values, each) = (new float[indices.Length * side * side], side * side);
        for (var i = 0; i < indices.Length; i++)
        {
            NoiseSource.Normals(NoiseKey.For(1, "pixels"), (uint)indices[i], 0, values.AsSpan(i * each, each));
        }

        return torch.tensor(Array.ConvertAll(values, v => (float)(Mean + (Deviation * v))), Shape.Batch(indices.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => torch.tensor(Array.ConvertAll(indices.ToArray(), i => (long)i % classes));

    public void Dispose()
    {
    }
}
