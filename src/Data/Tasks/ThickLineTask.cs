using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>Thick brush strokes and boxes are hidden, at most half of each image: LaMa's masks of that name (Suvorov et al., WACV 2022).</summary>
/// <param name="options">The largest share that is hidden.</param>
[Task("inpaint/thick-line", "Inpainting: thick lines", Paper = "Suvorov et al., WACV 2022")]
public sealed class ThickLineTask(LineOptions options) : ITask
{
    private readonly MaskRecipe _recipe = LineMask.Thick.Recipe(options.Largest);

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
}
