using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>
/// The non-leaky augmentation of Karras et al. 2022 (appendix F.2; its code's default for CIFAR-10 is 0.12): images are flipped, scaled,
/// turned, stretched and moved by chance, and the network is told what was done. Told zeros, it makes images as they were.
/// </summary>
public static class AugmentPipe
{
    /// <summary>Numbers of an augmentation label: flips 2, scale 1, rotation 2, stretch 2, shift 2.</summary>
    public const int LabelCount = 9;

    /// <summary>Augments images.</summary>
    /// <param name="images">Images [N, C, H, W], float32, of at least 2 by 2 pixels, on any device. The results may overshoot their range a little.</param>
    /// <param name="probability">The probability of each kind of change, in [0, 1]; if it is above 0, half of the images are mirrored left to right.</param>
    /// <param name="noise">The random numbers of a purpose, such as <see cref="TrainingBatch.Noise"/>.</param>
    /// <param name="purpose">What the numbers are for: the i-th image of a step and purpose is always changed the same way.</param>
    /// <param name="step">The training step.</param>
    /// <returns>New tensors on the images' device: the images, and labels [N, 9], float32, 0 where nothing was done.</returns>
    /// <exception cref="ArgumentException">The images are of another dtype or smaller.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public static (torch.Tensor Images, torch.Tensor Labels) Apply(
        torch.Tensor images, double probability, Func<string, StepNoise> noise, string purpose, long step)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(noise);
        return probability is not (>= 0 and <= 1)
            ? throw new ArgumentOutOfRangeException(nameof(probability), probability, "Expected a probability from 0 to 1.")
            : Apply(images, ChangeDraws.Draw(probability, noise, purpose, step, (int)images.shape[0]));
    }

    /// <summary>Changes each image as it is told.</summary>
    internal static (torch.Tensor Images, torch.Tensor Labels) Apply(torch.Tensor images, IReadOnlyList<ImageChange> changes)
    {
        Check(images);
        using var scope = torch.NewDisposeScope();
        var device = images.device;
        var flipped = Flipped(Flipped(images, 3, changes.Select(c => c.FlipX)), 2, changes.Select(c => c.FlipY));
        var labels = torch.tensor(changes.SelectMany(c => c.Label).ToArray()).view(-1, LabelCount).OnDevice(device);
        return (scope.MoveToOuter(Moved(flipped, changes)), scope.MoveToOuter(labels));
    }

    private static void Check(torch.Tensor images)
    {
        if (images.dtype != torch.ScalarType.Float32 || images.dim() != 4 || images.shape[2] < 2 || images.shape[3] < 2)
        {
            throw new ArgumentException(
                $"Augmentation takes float32 images of at least 2 by 2 pixels, not {images.dtype} [{string.Join(", ", images.shape)}]: train these with augment: 0.", nameof(images));
        }
    }

    private static torch.Tensor Flipped(torch.Tensor images, long dimension, IEnumerable<bool> which)
    {
        var mask = torch.tensor(which.ToArray()).OnDevice(images.device).view(-1, 1, 1, 1);
        return torch.where(mask, images.flip(dimension), images);
    }

    // Doubling and halving gives images back up to rounding, so those that do not move are left as they are.
    private static torch.Tensor Moved(torch.Tensor images, IReadOnlyList<ImageChange> changes)
    {
        long[] moving = [.. Enumerable.Range(0, changes.Count).Where(i => changes[i].Moves)];
        if (moving.Length == 0)
        {
            return images;
        }

        var (height, width, index) = ((int)images.shape[2], (int)images.shape[3], torch.tensor(moving).OnDevice(images.device));
        var inverses = Array.ConvertAll(moving, i => changes[(int)i].Inverse(height, width));
        return images.index_copy(0, index, Movement.Apply(images.index_select(0, index), inverses));
    }
}
