namespace Dfx.Metrics.Extractors;

/// <summary>A network whose hidden layer turns images into feature vectors.</summary>
internal interface IFeatureExtractor : IDisposable
{
    /// <summary>Its name and weights.</summary>
    ExtractorCard Card { get; }

    /// <summary>The features of images.</summary>
    /// <param name="images">uint8 [n, C, H, W] on the CPU.</param>
    /// <returns>A new float32 CPU tensor [n, D].</returns>
    torch.Tensor Features(torch.Tensor images);
}
