using Dfx.Metrics.Extractors;

namespace Dfx.Metrics.Features;

/// <summary>The values themselves as features: pixels v / 127.5 - 1 of images, or the numbers of other data as they are.</summary>
internal sealed class RawValues : IFeatureExtractor
{
    /// <param name="dimension">Numbers an image.</param>
    /// <param name="images">Whether the data are images.</param>
    public RawValues(int dimension, bool images) => Card = images
        ? new("pixels", "none", "v / 127.5 - 1", dimension, "none")
        : new("identity", "none", "values", dimension, "none");

    public ExtractorCard Card { get; }

    public torch.Tensor Features(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var values = images.flatten(1).to(torch.float32);
        return (images.dtype == torch.uint8 ? (values / 127.5) - 1 : values.clone()).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        // It has no weights.
    }
}
