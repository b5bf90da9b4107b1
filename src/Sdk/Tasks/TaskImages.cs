namespace Dfx.Sdk;

/// <summary>The images that a task observes.</summary>
public sealed record TaskImages
{
    /// <summary>
    /// Images [N, C, H, W] in [-1, 1], float32, on the noise's device. In training they are the batch; in a test of restoration they are the
    /// ground truth; where images are generated they are training images drawn at random, whose labels are asked for.
    /// </summary>
    public required torch.Tensor Clean { get; init; }

    /// <summary>Their classes: [N], int64, on the same device; null if the task does not use labels.</summary>
    public torch.Tensor? Labels { get; init; }

    /// <summary>Each image's own random numbers, so that its mask is the same in any batch.</summary>
    public required SampleNoise Noise { get; init; }
}
