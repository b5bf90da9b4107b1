using Dfx.Sdk;

namespace Dfx.Metrics.Features;

/// <summary>The first test images of a dataset, which no model has seen, as bytes like the samples.</summary>
internal sealed class HeldOutImages(IDataSource data, int count) : IImageSet
{
    public DataShape Shape => data.Shape;

    public int Count => count;

    public string? Fingerprint => null;

    public torch.Tensor Read(int first, int count)
    {
        using var scope = torch.NewDisposeScope();
        var values = data.Read(Split.Test, Enumerable.Range(first, count).ToArray());
        return (data.IsImages ? ((values * 127.5) + 128).clamp(0, 255).to(torch.uint8) : values).MoveToOuterDisposeScope();
    }
}
