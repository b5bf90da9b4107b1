using Dfx.Sdk;

namespace Dfx.Metrics.Extractors;

/// <summary>Chooses the extractor of a dataset.</summary>
internal static class FeatureExtractors
{
    /// <summary>The choice that leaves it to the dataset.</summary>
    public const string Auto = "auto";

    /// <summary>Makes the extractor for what is measured. None stands in for another.</summary>
    /// <param name="choice">An extractor's id, or <see cref="Auto"/>.</param>
    /// <param name="dataset">The dataset's id.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="weights">The path of the weights file that the user added under an id, or null.</param>
    /// <exception cref="NotApplicableException">There is none of that name, its weights are missing, or it does not take such images.</exception>
    public static IFeatureExtractor For(string choice, string dataset, DataShape shape, torch.Device device, Func<string, string?> weights)
    {
        var id = choice == Auto ? Automatic(dataset, shape) : choice;
        return (id, shape) switch
        {
            (FmnistExtractor.Id, { Channels: 1, Height: FmnistCnn.Side, Width: FmnistCnn.Side }) => new FmnistExtractor(device),
            (FmnistExtractor.Id, _) => throw new NotApplicableException($"{FmnistExtractor.Id} takes images of 1x28x28, not of {shape}"),
            _ => throw new NotApplicableException(
                $"no feature extractor {id} for {dataset} images of {shape}; there is {FmnistExtractor.Id} for fashion-mnist images of 1x28x28"),
        };
    }

    private static string Automatic(string dataset, DataShape shape) => (dataset, shape) switch
    {
        ("fashion-mnist", { Channels: 1, Height: FmnistCnn.Side, Width: FmnistCnn.Side }) => FmnistExtractor.Id,
        ("emoji-32", _) => "r64",
        _ => "inception",
    };
}
