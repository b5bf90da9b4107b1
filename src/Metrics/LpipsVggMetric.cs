using Dfx.Diffusion;
using Dfx.Metrics.Lpips;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// LPIPS v0.1 on VGG-16 of samples and their ground truth (Zhang et al. 2018), the mean over images. The user adds the weights: torchvision's
/// classifier as <c>vgg16</c>, the heads as <c>lpips-vgg</c>. With another classifier's weights the value is named <c>lpips-vgg-compat</c>.
/// </summary>
[Metric("lpips-vgg", "LPIPS (VGG-16)", Paper = "Zhang et al., CVPR 2018", Kind = MetricKinds.Paired)]
public sealed class LpipsVggMetric : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => LpipsMeasure.Evaluate(context, "lpips-vgg", LpipsTrunk.Vgg16);
}
