using System.ComponentModel;

namespace Dfx.Metrics;

/// <summary>The parameters of metrics that look at nothing but features.</summary>
/// <param name="Extractor">The network that makes them.</param>
public sealed record FeatureOptions(
    [Description("The network that makes features of images: auto chooses by the dataset. Where its weights are missing the metric does not apply.")]
    ExtractorChoice Extractor = ExtractorChoice.Auto);
