namespace Dfx.Sdk;

/// <summary>What a task observes of a batch of images.</summary>
/// <param name="Channels">What is concatenated to the network's input: [N, K, H, W], float32, K as the task's condition channels.</param>
/// <param name="Known">The images with what is hidden set to 0: [N, C, H, W]; null if no pixel is known for sure.</param>
/// <param name="Mask">1 where a pixel is known, 0 where it is not: [N, 1, H, W]; null if no pixel is known for sure.</param>
public sealed record Condition(torch.Tensor Channels, torch.Tensor? Known = null, torch.Tensor? Mask = null);
