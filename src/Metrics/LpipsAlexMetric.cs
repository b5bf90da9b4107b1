using Dfx.Diffusion;
using Dfx.Metrics.Lpips;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>
/// LPIPS v0.1 on AlexNet of samples and their ground truth (Zhang et al. 2018), the mean over images. The user adds the weights: torchvision's
/// classifier as <c>alexnet</c>, the heads as <c>lpips-alex</c>. With another classifier's weights the value is named <c>lpips-alex-compat</c>.
/// </summary>
[Metric("lpips-alex", "LPIPS (AlexNet)", Paper = "Zhang et al., CVPR 2018", Kind = MetricKinds.Paired)]
public sealed class LpipsAlexMetric : IMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => LpipsMeasure.Evaluate(context, "lpips-alex", LpipsTrunk.AlexNet);
}
