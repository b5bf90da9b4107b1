using Dfx.Data.Tasks.Occluders;
using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>
/// Things are pasted over each image where an aligned portrait has its face: sunglasses, a face mask, a hand, hair, a hat, a scarf, in random strong
/// colours and textures. What is observed is the occluded image; nobody says which pixels are hidden unless an option does. The face stands where aligned
/// portraits have it, since there are no landmarks to go by.
/// </summary>
/// <param name="options">How many things, and whether it is known where.</param>
[Task("deocclude", "De-occlusion")]
public sealed class DeoccludeTask(DeoccludeOptions options) : ITask
{
    /// <summary>Restored images are compared with their own ground truth, and as a distribution.</summary>
    public MetricKinds Metrics => MetricKinds.Distribution | MetricKinds.Paired;

    /// <summary>The test set, whose images are restored.</summary>
    public Split Reference => Split.Test;

    /// <summary>Those of the occluded image, and one of the mask if that is told.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public int ConditionChannels(DataShape shape) => Observing.Checked(shape).Channels + (options.Mask ? 1 : 0);

    /// <summary>The occluded images; the mask and the pixels that are known for sure only if the options say so.</summary>
    /// <exception cref="NotApplicableException">The images are smaller than 14 pixels.</exception>
    public Condition? Observe(TaskImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = torch.NewDisposeScope();
        var (clean, shape) = (images.Clean, Observing.Checked(Observing.Shape(images.Clean)));
        var draws = MaskRecipe.Uniforms(images.Noise, Occlusion.Numbers(options.Most, shape.Channels));
        var occlusions = draws.Select(d => Occlusion.Drawn(d, shape, options.Most)).ToList();
        var mask = Observing.Known([.. occlusions.Select(o => o.Hidden)]).to(clean.device);
        var occluded = torch.where(mask.gt(0), clean, Occlusion.Colours(occlusions).to(clean.device));
        return options.Mask
            ? new()
            {
                Channels = torch.cat([occluded, mask], 1).MoveToOuterDisposeScope(),
                Known = torch.where(mask.gt(0), clean, torch.zeros_like(clean)).MoveToOuterDisposeScope(),
                Mask = mask.MoveToOuterDisposeScope(),
            }
            : new() { Channels = occluded.MoveToOuterDisposeScope() };
    }
}
