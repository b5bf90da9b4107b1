namespace Dfx.Metrics.Features;

/// <summary>The ids of this assembly's metrics, by what of the samples must be kept for them.</summary>
internal static class MetricIds
{
    public const string Frechet = "fd";
    public const string Kernel = "kid";
    public const string Score = "is";
    public const string Precision = "precision";
    public const string Recall = "recall";
    public const string Density = "density";
    public const string Coverage = "coverage";
    public const string NearestTrain = "nearest-train";

    /// <summary>Metrics that look at every sample's features; the others need moments alone.</summary>
    public static IReadOnlyList<string> OfSingleFeatures { get; } = [Kernel, Precision, Recall, Density, Coverage, NearestTrain];

    /// <summary>Metrics that look at every sample's logits.</summary>
    public static IReadOnlyList<string> OfLogits { get; } = [Score];

    /// <summary>Metrics that look at the samples through features alone.</summary>
    public static IReadOnlyList<string> OfFeatures { get; } = [Frechet, .. OfSingleFeatures];
}
