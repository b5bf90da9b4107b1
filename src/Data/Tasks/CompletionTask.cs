using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>
/// A side of each image is hidden: rows or columns with equal chance, a share of them uniform in [0.2, 0.8], the first or the last ones with
/// equal chance (the "Completion" masks of the NTIRE 2022 challenge, Romero et al. 2022).
/// </summary>
[Task("inpaint/completion", "Inpainting: completion", Paper = "Romero et al., CVPR Workshops 2022")]
public sealed class CompletionTask : ITask
{
    private const double Least = 0.2;
    private const double Most = 0.8;

    internal static readonly MaskRecipe Recipe = new(3, Paint);

    /// <summary>Restored images are compared with their own ground truth, and as a distribution.</summary>
    public MetricKinds Metrics => MetricKinds.Distribution | MetricKinds.Paired;

    /// <summary>The test set, whose images are restored.</summary>
    public Split Reference => Split.Test;

    /// <summary>Those of the masked image, and one of the mask.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public int ConditionChannels(DataShape shape) => Observing.Channels(shape);

    /// <summary>The known pixels and the mask.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public Condition? Observe(TaskImages images) => Observing.Masked(images, Recipe);

    private static void Paint(Draws draws, HiddenPixels mask)
    {
        var rows = draws.Chance(0.5);
        var lines = Math.Round(draws.Between(Least, Most) * (rows ? mask.Height : mask.Width));
        mask.Hide(Shape.Box(0, 0, rows ? mask.Width : lines, rows ? lines : mask.Height));
        if (draws.Chance(0.5))
        {
            mask.Invert();
        }
    }
}
