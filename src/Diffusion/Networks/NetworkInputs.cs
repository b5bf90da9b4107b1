namespace Dfx.Diffusion;

/// <summary>What a network is told beside noisy images and noise levels; each part is there if, and only if, the network was made for it.</summary>
public sealed record NetworkInputs
{
    /// <summary>The class that stands for none: the unconditional branch of classifier-free guidance (Ho and Salimans 2021).</summary>
    public const long NoClass = -1;

    /// <summary>What is concatenated to the images: [N, K, H, W], of any floating dtype.</summary>
    public torch.Tensor? Channels { get; init; }

    /// <summary>The class of each image: [N], int64, each in [0, classes) or <see cref="NoClass"/>.</summary>
    public torch.Tensor? Labels { get; init; }

    /// <summary>What was done to each image, as the augmentation counts it: [N, A], of any floating dtype; null means nothing was.</summary>
    public torch.Tensor? Augmentation { get; init; }

    /// <summary>The parts of a condition that networks are told; null if it has none.</summary>
    /// <param name="condition">What the task observes, or null.</param>
    public static NetworkInputs? Of(Condition? condition) =>
        condition is null or { Channels: null, Labels: null, Augmentation: null }
            ? null
            : new() { Channels = condition.Channels, Labels = condition.Labels, Augmentation = condition.Augmentation };
}
