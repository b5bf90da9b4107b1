using Dfx.Sdk;

namespace Dfx.Data.Tasks;

/// <summary>What a task observes, to look at.</summary>
public static class ObservedPicture
{
    /// <summary>The known pixels, mid-grey where nothing is known; without such, what the network is told, if that begins with an image.</summary>
    /// <param name="condition">What is observed.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <returns>[N, C, H, W] in [-1, 1], part of the condition or a view of it; null if it has no image.</returns>
    public static torch.Tensor? Of(Condition condition, int channels)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return condition switch
        {
            { Known: { } known } => known,
            { Channels: { } told } when told.shape[1] >= channels => told.narrow(1, 0, channels),
            _ => null,
        };
    }

    /// <summary>The mask that the task tells: white where a pixel is known, black where it is hidden.</summary>
    /// <param name="condition">What is observed.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <returns>[N, C, H, W] in [-1, 1], a new tensor; null if it tells no mask.</returns>
    public static torch.Tensor? Mask(Condition condition, int channels)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return condition.Mask is { } mask ? ((mask * 2) - 1).expand(-1, channels, -1, -1) : null;
    }
}
