using Dfx.Sdk;

namespace Dfx.Metrics.Extractors;

/// <summary>Chooses the extractor of a dataset.</summary>
internal static class FeatureExtractors
{
    /// <summary>Makes the extractor for what is measured.</summary>
    /// <exception cref="NotApplicableException">There is none for the dataset or for images of that shape.</exception>
    public static IFeatureExtractor For(string dataset, DataShape shape, torch.Device device) => (dataset, shape) switch
    {
        ("fashion-mnist", { Channels: 1, Height: FmnistCnn.Side, Width: FmnistCnn.Side }) => new FmnistExtractor(device),
        _ => throw new NotApplicableException(
            $"no feature extractor for {dataset} images of {shape}; there is {FmnistExtractor.Id} for fashion-mnist images of 1x28x28"),
    };
}
