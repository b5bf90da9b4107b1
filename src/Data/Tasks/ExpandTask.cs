using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>
/// All but the middle of each image is hidden: what is known is a centred rectangle of a quarter of the sides (RePaint, Lugmayr et al. 2022:
/// "Expand", 64 of 256 pixels).
/// </summary>
/// <param name="options">How large the known middle is.</param>
[Task("inpaint/expand", "Inpainting: expand", Paper = "Lugmayr et al., CVPR 2022")]
public sealed class ExpandTask(ExpandOptions options) : ITask
{
    private static readonly int[] s_parts = [4, 3, 2];

    private readonly MaskRecipe _recipe = Recipe(options.Known);

    /// <summary>Restored images are compared with their own ground truth, and as a distribution.</summary>
    public MetricKinds Metrics => MetricKinds.Distribution | MetricKinds.Paired;

    /// <summary>The test set, whose images are restored.</summary>
    public Split Reference => Split.Test;

    /// <summary>Those of the masked image, and one of the mask.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public int ConditionChannels(DataShape shape) => Observing.Channels(shape);

    /// <summary>The known pixels and the mask.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public Condition? Observe(TaskImages images) => Observing.Masked(images, _recipe);

    /// <summary>The recipe of such masks.</summary>
    internal static MaskRecipe Recipe(KnownSide known) => new(1, (draws, mask) => Paint(mask, Part(known, draws)));

    private static void Paint(HiddenPixels mask, int part)
    {
        var (height, width) = (mask.Height / part, mask.Width / part);
        var (top, left) = ((mask.Height - height) / 2, (mask.Width - width) / 2);
        mask.Hide(Shape.Box(left, top, left + width, top + height));
        mask.Invert();
    }

    private static int Part(KnownSide known, Draws draws) => s_parts[known == KnownSide.Random ? draws.Below(s_parts.Length) : (int)known];
}
