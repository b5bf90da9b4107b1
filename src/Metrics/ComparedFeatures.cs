using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>The features that distances of distributions compare. The cache owns the tensors.</summary>
/// <param name="Extractor">The id of the network, such as <c>fmnist-cnn</c>.</param>
/// <param name="Generated">Of the samples in their order: float32 [n, D] on the CPU.</param>
/// <param name="Reference">Of the reference in its order: float32 [m, D] on the CPU.</param>
public sealed record ComparedFeatures(string Extractor, torch.Tensor Generated, torch.Tensor Reference)
{
    /// <summary>The features of a cell, extracted now unless a metric has done so.</summary>
    /// <param name="context">What the cell's metrics are given.</param>
    /// <exception cref="NotApplicableException">No extractor fits the images, or there are too few.</exception>
    public static ComparedFeatures Of(MetricContext context)
    {
        var space = FeatureSpace.Of(context, ExtractorChoice.Auto);
        return new(space.Card.Id, space.Generated, space.Reference);
    }
}
