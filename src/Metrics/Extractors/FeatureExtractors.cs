using Dfx.Metrics.Extractors.Inception;
using Dfx.Metrics.Extractors.R64;
using Dfx.Sdk;

namespace Dfx.Metrics.Extractors;

/// <summary>Chooses the extractor of a dataset.</summary>
internal static class FeatureExtractors
{
    /// <summary>The choice that leaves it to the dataset.</summary>
    public const string Auto = "auto";

    /// <summary>Makes the extractor for what is measured. None stands in for another.</summary>
    /// <param name="choice">An extractor's id, or <see cref="Auto"/>; <c>inception-64</c>, <c>-192</c> and <c>-768</c> are earlier layers.</param>
    /// <param name="dataset">The dataset's id.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="weights">The path of the weights file that the user added under an id, or null.</param>
    /// <exception cref="NotApplicableException">There is none of that name, its weights are missing, or it does not take such images.</exception>
    /// <exception cref="IOException">The weights file is missing, damaged, or another network's.</exception>
    public static IFeatureExtractor For(string choice, string dataset, DataShape shape, torch.Device device, Func<string, string?> weights)
    {
        var id = choice == Auto ? Automatic(dataset, shape) : choice;
        return (id, shape) switch
        {
            (FmnistExtractor.Id, { Channels: 1, Height: FmnistCnn.Side, Width: FmnistCnn.Side }) => new FmnistExtractor(device),
            (FmnistExtractor.Id, _) => throw new NotApplicableException($"{FmnistExtractor.Id} takes images of 1x28x28, not of {shape}"),
            (_, not { Channels: 1 or 3 }) => throw new NotApplicableException($"extractors take images of 1 or 3 channels, not of {shape}"),
            (R64Extractor.Id, { Height: < R64Extractor.SmallestSide } or { Width: < R64Extractor.SmallestSide }) =>
                throw new NotApplicableException($"{R64Extractor.Id} takes images from 16x16 on, not of {shape}"),
            (R64Extractor.Id, _) => new R64Extractor(device),
            _ when InceptionLayer(id) is { } layer => InceptionExtractor.Open(InceptionPath(dataset, shape, weights), layer, device),
            _ => throw new NotApplicableException($"there is no feature extractor {id}; there are {FmnistExtractor.Id}, {InceptionExtractor.Id} and {R64Extractor.Id}"),
        };
    }

    private static string Automatic(string dataset, DataShape shape) => (dataset, shape) switch
    {
        ("fashion-mnist", { Channels: 1, Height: FmnistCnn.Side, Width: FmnistCnn.Side }) => FmnistExtractor.Id,
        ("emoji-32", _) => R64Extractor.Id,
        _ => InceptionExtractor.Id,
    };

    private static int? InceptionLayer(string id) => id == InceptionExtractor.Id
        ? InceptionExtractor.StandardLayer
        : InceptionPlan.Layers.Keys.Where(layer => id == $"{InceptionExtractor.Id}-{layer}").Select(layer => (int?)layer).FirstOrDefault();

    private static string InceptionPath(string dataset, DataShape shape, Func<string, string?> weights) => weights(InceptionExtractor.Id)
        ?? throw new NotApplicableException(
            $"the weights of {InceptionExtractor.Id} are missing, which {dataset} images of {shape} need: dfx data add inception FILE, or DFX_INCEPTION=FILE. "
            + $"{FmnistExtractor.Id} measures fashion-mnist images of 1x28x28 without, {R64Extractor.Id} any from 16x16 on");
}
