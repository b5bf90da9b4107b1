namespace Dfx.SoftDiffusion.Tests.Scheduling;

/// <summary>Training images that are there already, float32 in [0, 1]; it keeps which were read.</summary>
internal sealed class ImageData(torch.Tensor images) : IDataSource
{
    internal List<int[]> Reads { get; } = [];

    public DataShape Shape => new((int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);

    public IReadOnlyList<string> Classes => [];

    public bool IsImages => true;

    public int Count(Split split) => (int)images.shape[0];

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        Reads.Add(indices.ToArray());
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((images.index_select(0, torch.tensor(Array.ConvertAll(indices.ToArray(), i => (long)i))) * 2) - 1);
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("There are no labels.");

    public void Dispose() => images.Dispose();
}
