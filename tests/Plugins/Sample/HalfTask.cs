using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>The left or the right half of each image is hidden.</summary>
[Task("test-half", "Half")]
public sealed class HalfTask : ITask
{
    public MetricKinds Metrics => MetricKinds.Distribution | MetricKinds.Paired;

    /// <summary>The known pixels and the mask.</summary>
    public int ConditionChannels(DataShape shape) => shape.Channels + 1;

    public Split Reference => Split.Test;

    public Condition Observe(TaskImages images)
    {
        var (clean, noise) = (images.Clean, images.Noise);
        using var scope = torch.NewDisposeScope();
        var width = clean.shape[3];
        var left = (torch.arange(width, torch.float32, clean.device) < width / 2).to(torch.float32).view(1, 1, 1, width);
        var side = torch.tensor(Array.ConvertAll(noise.Integers(2), i => (float)i)).to(clean.device).view(-1, 1, 1, 1);
        var mask = (side * left + (1 - side) * (1 - left)).expand(clean.shape[0], 1, clean.shape[2], width).clone();
        var known = clean * mask;
        return new()
        {
            Channels = torch.cat([known, mask], 1).MoveToOuterDisposeScope(),
            Known = known.MoveToOuterDisposeScope(),
            Mask = mask.MoveToOuterDisposeScope(),
        };
    }
}
