using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>The right half of each image is hidden: columns from W / 2 on (RePaint, Lugmayr et al. 2022, section 5: "Half").</summary>
[Task("inpaint/half", "Inpainting: half", Paper = "Lugmayr et al., CVPR 2022")]
public sealed class HalfTask : ITask
{
    internal static readonly MaskRecipe Recipe = new(0, Paint);

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

    private static void Paint(Draws draws, HiddenPixels mask) => mask.Hide(Shape.Box(mask.Width / 2, 0, mask.Width, mask.Height));
}
