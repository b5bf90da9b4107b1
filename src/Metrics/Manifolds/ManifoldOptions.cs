using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Metrics;

/// <summary>The parameters of precision and recall.</summary>
/// <param name="Extractor">The network that makes features.</param>
/// <param name="K">Which neighbour a ball reaches to.</param>
/// <param name="Most">How many samples and reference images are compared at most.</param>
public sealed record PrecisionOptions(
    [Description("The network that makes features of images: auto chooses by the dataset.")] ExtractorChoice Extractor = ExtractorChoice.Auto,
    [Description("A ball reaches to the k-th nearest neighbour.")][Range(1, 100)] int K = 3,
    [Description("How many samples, and as many reference images, are compared at most.")][Range(10, 1_000_000)] int Most = 10_000);

/// <summary>The parameters of density and coverage.</summary>
/// <param name="Extractor">The network that makes features.</param>
/// <param name="K">Which neighbour a ball reaches to.</param>
/// <param name="Most">How many samples and reference images are compared at most.</param>
public sealed record DensityOptions(
    [Description("The network that makes features of images: auto chooses by the dataset.")] ExtractorChoice Extractor = ExtractorChoice.Auto,
    [Description("A ball reaches to the k-th nearest neighbour.")][Range(1, 100)] int K = 5,
    [Description("How many samples, and as many reference images, are compared at most.")][Range(10, 1_000_000)] int Most = 10_000);
