namespace Dfx.Metrics.Extractors;

/// <summary>An extractor that is a classifier too, as the Inception score needs.</summary>
internal interface IClassifier : IFeatureExtractor
{
    /// <summary>The features of images and the logits of their classes, from one pass.</summary>
    /// <param name="images">uint8 [n, C, H, W] on the CPU.</param>
    /// <returns>New float32 CPU tensors [n, D] and [n, classes].</returns>
    (torch.Tensor Features, torch.Tensor Logits) Classify(torch.Tensor images);
}
