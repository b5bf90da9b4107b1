using Dfx.Metrics.Paired;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>Structural similarity of samples and their ground truth, on bytes, each channel by itself: the mean over images.</summary>
[Metric("ssim", "SSIM", Paper = "Wang et al., IEEE TIP 2004", Kind = MetricKinds.Paired)]
public sealed class SsimMetric : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Math.Min(context.Generated.Shape.Height, context.Generated.Shape.Width) < Ssim.Window)
        {
            throw new NotApplicableException($"images of {context.Generated.Shape} are smaller than the window of {Ssim.Window}x{Ssim.Window}");
        }

        using var scope = torch.NewDisposeScope();
        var values = PairedImages.Each(context, (x, y) => Ssim.Of(x, y, 255));
        return [PairedImages.Mean(context, "ssim", values, new(PairedImages.Protocol(context)) { ["window"] = "Gaussian 11x11, sigma 1.5, valid, biased moments" })];
    }
}
