namespace Dfx.ResidualCorrection;

/// <summary>The distance of two images in the loss.</summary>
public enum ResidualMetric
{
    /// <summary>The squared difference, averaged over pixels and channels.</summary>
    L2,

    /// <summary>The absolute difference, averaged likewise.</summary>
    L1,

    /// <summary>LPIPS as consistency models train with it (<see cref="PerceptualDistance"/>), with weights that the user added.</summary>
    Lpips,
}

/// <summary>d of a loss (Zhang et al. 2024, section 4.3 and Fig. 4a).</summary>
/// <param name="metric">Which distance.</param>
/// <param name="perceptual">The network of LPIPS, which is disposed with it; null for the others.</param>
internal sealed class ImageDistance(ResidualMetric metric, PerceptualDistance? perceptual = null) : IDisposable
{
    /// <summary>Whether there can be such a distance, before anything is trained.</summary>
    /// <exception cref="NotApplicableException">LPIPS has no weights on this machine, or takes no such images.</exception>
    /// <exception cref="ArgumentException">Its weights are another network's.</exception>
    internal static void Check(ResidualMetric metric, CorrectionPlan plan)
    {
        if (metric == ResidualMetric.Lpips)
        {
            PerceptualDistance.Check(plan.Model.Data.Shape, plan.Weights);
        }
    }

    /// <summary>The distance of a training.</summary>
    internal static ImageDistance Of(ResidualMetric metric, TrainingContext training) =>
        new(metric, metric == ResidualMetric.Lpips ? PerceptualDistance.Load(training.Weights, training.Model.Device) : null);

    /// <summary>d of each image from its partner, which is a constant.</summary>
    /// <param name="made">[N, C, H, W].</param>
    /// <param name="target">Of the same shape.</param>
    /// <returns>A new tensor [N].</returns>
    internal torch.Tensor Between(torch.Tensor made, torch.Tensor target)
    {
        if (perceptual is not null)
        {
            return perceptual.Of(made, target);
        }

        using var scope = torch.NewDisposeScope();
        var difference = made - target;
        return scope.MoveToOuter((metric == ResidualMetric.L1 ? difference.abs() : difference.square()).mean([1L, 2, 3]));
    }

    public void Dispose() => perceptual?.Dispose();
}
