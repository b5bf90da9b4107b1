using Dfx.Metrics.Distances;
using Dfx.Sdk;

namespace Dfx.Metrics.Paired;

/// <summary>Samples beside their ground truth.</summary>
internal static class PairedImages
{
    private const int Block = 64;

    /// <summary>A number for each sample and its truth.</summary>
    /// <param name="context">The cell.</param>
    /// <param name="measure">From samples and truths, float64 [n, C, H, W] of 0 to 255, to float64 [n].</param>
    /// <returns>A new float64 tensor [n].</returns>
    /// <exception cref="NotApplicableException">There is no ground truth, or the data are no images.</exception>
    public static torch.Tensor Each(MetricContext context, Func<torch.Tensor, torch.Tensor, torch.Tensor> measure)
    {
        if (context.Truth is not { } truth || !context.Data.IsImages)
        {
            throw new NotApplicableException(context.Truth is null ? "the task has no ground truth" : "the data are no images of 8 bits");
        }

        using var scope = torch.NewDisposeScope();
        List<torch.Tensor> values = [];
        for (var first = 0; first < context.Generated.Count; first += Block)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            var count = Math.Min(Block, context.Generated.Count - first);
            var (x, y) = (context.Generated.Read(first, count), truth.Read(first, count));
            values.Add(measure(x.to(torch.float64), y.to(torch.float64)).MoveToOuterDisposeScope());
        }

        return torch.cat(values, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The mean over images, with its normal interval over truths.</summary>
    /// <param name="context">The cell.</param>
    /// <param name="name">The metric's name.</param>
    /// <param name="values">A number for each image, or for those that are kept: float64 [n].</param>
    /// <param name="protocol">What the numbers must share to be comparable.</param>
    /// <param name="kept">Which images have a number: bool [N]; null for all.</param>
    public static MetricValue Mean(MetricContext context, string name, torch.Tensor values, Dictionary<string, string> protocol, torch.Tensor? kept = null)
    {
        var interval = Draws.Of(context).OfMean(values, kept);
        return new(name, values.mean().ToDouble(), protocol)
        {
            Spread = values.shape[0] > 1 ? values.std().ToDouble() : null,
            Low = interval?.Low,
            High = interval?.High,
            Better = Direction.Higher,
        };
    }

    /// <summary>What numbers of pairs must share to be comparable.</summary>
    public static Dictionary<string, string> Protocol(MetricContext context) => Draws.Of(context).Told(new()
    {
        ["quantisation"] = "clamp(127.5 x + 128, 0, 255) truncated to uint8",
        ["range"] = "255",
        ["dtype"] = "float64",
        ["n"] = $"{context.Generated.Count}",
        ["mean"] = "over channels and pixels of an image, then over images",
        ["spread"] = "standard deviation over images",
        ["interval"] = $"95 %, normal over {(Draws.Of(context).Repeat ? "truths" : "images")}",
    });
}
