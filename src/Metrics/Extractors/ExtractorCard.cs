namespace Dfx.Metrics.Extractors;

/// <summary>What makes features comparable.</summary>
/// <param name="Id">The extractor's name, which is part of the metrics' names.</param>
/// <param name="WeightsSha256">The SHA-256 of its weights file.</param>
/// <param name="Layer">Which layer the features are.</param>
/// <param name="Dimension">Numbers an image, D.</param>
/// <param name="Resize">How images are brought to the network's size.</param>
internal sealed record ExtractorCard(string Id, string WeightsSha256, string Layer, int Dimension, string Resize)
{
    /// <summary>What caches file its features under.</summary>
    public string Key => $"{Id}/{WeightsSha256}/{Layer}";
}
