namespace Dfx.Sdk;

/// <summary>What a task observes of a batch of images, and in augmented training what was done to them.</summary>
public sealed record Condition
{
    /// <summary>
    /// What is concatenated to the network's input: [N, K, H, W], float32, K as the task's condition channels; null if it adds none.
    /// </summary>
    public torch.Tensor? Channels { get; init; }

    /// <summary>The class of each image, as networks with class labels are told it: [N], int64; null if the task does not use labels.</summary>
    public torch.Tensor? Labels { get; init; }

    /// <summary>What the augmentation did to each image, as the network is told it: [N, 9], float32; null outside of augmented training.</summary>
    public torch.Tensor? Augmentation { get; init; }

    /// <summary>
    /// The images with what is hidden set to 0: [N, C, H, W], float32; null if no pixel is known for sure. The host pastes them into the
    /// finished samples, and samplers that impose them on their states take them from here.
    /// </summary>
    public torch.Tensor? Known { get; init; }

    /// <summary>1 where a pixel is known, 0 where it is not: [N, 1, H, W], float32; null if no pixel is known for sure.</summary>
    public torch.Tensor? Mask { get; init; }
}
