using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// Memorisation: the mean Euclidean distance of a sample to its nearest reference image, which are the training images in tasks of generation,
/// and its ratio to that of test images, which no model has seen (after Meehan et al. 2020, "A Non-Parametric Test to Detect Data-Copying").
/// A ratio well below 1 tells of copies; one well above 1 of images that are unlike all real ones.
/// </summary>
/// <param name="options">Features or pixels.</param>
[Metric(MetricIds.NearestTrain, "Distance to the nearest training image")]
public sealed class NearestTrainMetric(NearestTrainOptions options) : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var space = options.Space == ImageSpace.Pixels ? FeatureSpace.Raw(context) : FeatureSpace.Of(context, options.Extractor);
        var (samples, reference, unseen) = (space.Generated, space.Reference, Unseen(context, space));
        using var scope = torch.NewDisposeScope();
        var distances = Distances(samples, reference);
        var (value, interval) = (distances.mean().ToDouble(), space.Draws.OfMean(distances));
        var protocol = new Dictionary<string, string>(space.Protocol()) { ["interval"] = $"95 %, normal over the {space.Draws.Word}, reference fixed" };
        MetricValue nearest = new($"nearest-train-{space.Card.Id}", value, protocol)
        {
            Spread = distances.std().ToDouble(),
            Low = interval?.Low,
            High = interval?.High,
            Better = Direction.None,
        };
        var usual = unseen?.mean().ToDouble() ?? 0;
        return usual > 0 ? [nearest, Ratio(space, nearest, usual, unseen!.shape[0])] : [nearest];
    }

    private static MetricValue Ratio(FeatureSpace space, MetricValue nearest, double usual, long testImages)
    {
        var protocol = new Dictionary<string, string>(nearest.Protocol) { ["test-images"] = $"{testImages}" };
        return new($"nearest-train-ratio-{space.Card.Id}", nearest.Value / usual, protocol)
        {
            Low = nearest.Low / usual,
            High = nearest.High / usual,
            Better = Direction.None,
        };
    }

    private static torch.Tensor? Unseen(MetricContext context, FeatureSpace space)
    {
        var count = Math.Min(context.Generated.Count, context.Data.Count(Split.Test));
        return count == 0 ? null : space.Stored($"nearest-of-test-{count}", () =>
        {
            var reference = space.Reference;
            using var features = space.All(new HeldOutImages(context.Data, count));
            return new Dictionary<string, torch.Tensor> { ["distances"] = Distances(features, reference).DetachFromDisposeScope() };
        })["distances"];
    }

    private static torch.Tensor Distances(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        var centre = y.to(torch.float64).mean([0L]);
        return Neighbours.SquaredNearest(x.to(torch.float64) - centre, y.to(torch.float64) - centre).sqrt().MoveToOuterDisposeScope();
    }
}
