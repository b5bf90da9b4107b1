namespace Dfx.Diffusion;

/// <summary>
/// Cuts the patches of training batches: images, their conditions and the coordinates of their pixels at the same places. Batches of smaller patches
/// have more of them, 2 or 4 of each image.
/// </summary>
public sealed class PatchCutter : IDisposable
{
    private readonly DataShape _shape;
    private readonly int _multiple;
    private readonly torch.Tensor _coordinates;

    /// <summary>Of a run's images.</summary>
    /// <param name="model">The images' shape, the device, and the network, which has to be able to halve the patches.</param>
    /// <param name="second">Another network that has to, or null.</param>
    public PatchCutter(ModelContext model, NetworkSettings? second = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var resolutions = Math.Max(model.Network.Multipliers.Length, second?.Multipliers.Length ?? 1);
        (_shape, _multiple) = (model.Data.Shape, 1 << (resolutions - 1));
        _coordinates = Patches.Coordinates(_shape, model.Device).DetachFromDisposeScope();
    }

    /// <summary>Which part of the image's side the patches of a step have: 1, 2 or 4, one for the whole batch.</summary>
    /// <param name="batch">The step's batch, or a part of it.</param>
    /// <param name="realShare">The share of batches with whole images, in [0, 1].</param>
    public static int Divisor(TrainingBatch batch, double realShare)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        return Patches.Divisor(batch.Whole.Noise("patch-size").Uniform(batch.Step, 1).ToDouble(), realShare);
    }

    /// <summary>The shape of patches.</summary>
    /// <param name="divisor">Which part of the image's side they have.</param>
    public DataShape Shape(int divisor) => _shape with
    {
        Height = Patches.Side(_shape.Height, divisor, _multiple),
        Width = Patches.Side(_shape.Width, divisor, _multiple),
    };

    /// <summary>The patches of a batch, <paramref name="divisor"/> of each image one after another.</summary>
    /// <param name="batch">The images and their condition, of which channels, labels and augmentation are kept.</param>
    /// <param name="divisor">Which part of the image's side they have.</param>
    /// <returns>New tensors: patches [N, C, h, w], and their condition with the coordinates as its last two channels.</returns>
    public (torch.Tensor Clean, Condition Condition) Cut(TrainingBatch batch, int divisor)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Cut(batch, batch.Clean, batch.Condition, divisor, divisor);
    }

    /// <summary>Patches of any images.</summary>
    /// <param name="batch">The batch whose random numbers are asked for.</param>
    /// <param name="images">Images [M, C, H, W], float32.</param>
    /// <param name="condition">What the task observes of them, or null.</param>
    /// <param name="divisor">Which part of the image's side they have.</param>
    /// <param name="repeats">How many patches an image gives, one after another.</param>
    /// <returns>New tensors: patches [M repeats, C, h, w], and their condition with the coordinates as its last two channels.</returns>
    public (torch.Tensor Clean, Condition Condition) Cut(TrainingBatch batch, torch.Tensor images, Condition? condition, int divisor, int repeats)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(images);
        var (count, channels, shape) = ((int)images.shape[0], images.shape[1], Shape(divisor));
        var tops = batch.Noise("patch-top").Integers(batch.Step, _shape.Height - shape.Height + 1, count * repeats);
        var lefts = batch.Noise("patch-left").Integers(batch.Step, _shape.Width - shape.Width + 1, count * repeats);
        var whole = WiderTask.Extended(condition, _coordinates.expand(count, -1, -1, -1));
        var cut = Patches.Crop(torch.cat([images, whole.Channels!], 1), repeats, tops, lefts, shape.Height, shape.Width);
        return (cut.narrow(1, 0, channels), new()
        {
            Channels = cut.narrow(1, channels, cut.shape[1] - channels),
            Labels = whole.Labels?.repeat_interleave(repeats, 0),
            Augmentation = whole.Augmentation?.repeat_interleave(repeats, 0),
        });
    }

    /// <summary>Gives the coordinates free.</summary>
    public void Dispose() => _coordinates.Dispose();
}
