using System.Collections.Immutable;
using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>Each image has a mask of one of the five kinds, drawn with equal chance: one model for all of them.</summary>
/// <param name="options">The known middle of one kind, and the largest share that strokes hide.</param>
[Task("inpaint/mixed", "Inpainting: all kinds of masks")]
public sealed class MixedTask(MixedOptions options) : ITask
{
    private readonly ImmutableArray<MaskRecipe> _recipes =
    [
        HalfTask.Recipe, CompletionTask.Recipe, ExpandTask.Recipe(options.Known), LineMask.Thick.Recipe(options.Largest), LineMask.Medium.Recipe(options.Largest),
    ];

    /// <summary>Restored images are compared with their own ground truth, and as a distribution.</summary>
    public MetricKinds Metrics => MetricKinds.Distribution | MetricKinds.Paired;

    /// <summary>The test set, whose images are restored.</summary>
    public Split Reference => Split.Test;

    /// <summary>Those of the masked image, and one of the mask.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public int ConditionChannels(DataShape shape) => Observing.Channels(shape);

    /// <summary>The known pixels and the mask. An image's kind is drawn once, so that kinds whose masks are often drawn anew are no rarer.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public Condition? Observe(TaskImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Observing.Masked(images, [.. images.Noise.Integers(_recipes.Length).Select(kind => _recipes[kind])]);
    }
}
