using System.ComponentModel;

namespace Dfx.Metrics;

/// <summary>Where distances between images are taken.</summary>
public enum ImageSpace
{
    /// <summary>Between features.</summary>
    Features,

    /// <summary>Between pixels v / 127.5 - 1.</summary>
    Pixels,
}

/// <summary>The parameters of <see cref="NearestTrainMetric"/>.</summary>
/// <param name="Space">Where distances are taken.</param>
/// <param name="Extractor">The network that makes features.</param>
public sealed record NearestTrainOptions(
    [Description("Where distances are taken: between features, or between pixels in [-1, 1].")] ImageSpace Space = ImageSpace.Features,
    [Description("The network that makes features of images: auto chooses by the dataset.")] ExtractorChoice Extractor = ExtractorChoice.Auto);
