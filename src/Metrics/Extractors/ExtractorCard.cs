namespace Dfx.Metrics.Extractors;

/// <summary>What makes features comparable.</summary>
/// <param name="Id">The extractor's name, which is part of the metrics' names.</param>
/// <param name="WeightsSha256">The SHA-256 of its weights: of the file's bytes, or of the numbers where no file holds them.</param>
/// <param name="Layer">Which layer the features are.</param>
/// <param name="Dimension">Numbers an image, D.</param>
/// <param name="Resize">How images are brought to the network's size.</param>
internal sealed record ExtractorCard(string Id, string WeightsSha256, string Layer, int Dimension, string Resize)
{
    /// <summary>
    /// Whether this is the network, the weights, the layer and the resize of published FIDs: only then may a metric be named <c>fid</c>,
    /// <c>kid</c> or <c>is</c>.
    /// </summary>
    public bool IsStandard { get; init; }

    /// <summary>What caches file its features under.</summary>
    public string Key => $"{Id}/{WeightsSha256}/{Layer}";
}
