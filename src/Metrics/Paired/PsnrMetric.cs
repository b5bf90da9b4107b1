using Dfx.Metrics.Paired;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// Peak signal-to-noise ratio of samples and their ground truth, on bytes: the mean over images. Images that equal their truth have no finite
/// ratio; they are left out and counted.
/// </summary>
[Metric("psnr", "PSNR", Kind = MetricKinds.Paired)]
public sealed class PsnrMetric : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = torch.NewDisposeScope();
        var ratios = PairedImages.Each(context, (x, y) => Psnr.Of(x, y, 255));
        var kept = ratios.isfinite();
        var finite = ratios.masked_select(kept);
        var equal = ratios.shape[0] - finite.shape[0];
        if (finite.shape[0] == 0)
        {
            throw new NotApplicableException($"all {equal} samples equal their ground truth: no ratio is finite");
        }

        var protocol = PairedImages.Protocol(context);
        return [PairedImages.Mean(context, "psnr", finite, protocol, kept), new("psnr-equal-images", equal, protocol) { Better = Direction.None }];
    }
}
