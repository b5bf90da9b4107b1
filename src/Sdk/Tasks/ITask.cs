namespace Dfx.Sdk;

/// <summary>What a model is for: plain generation, or restoring what a mask or an occluder hides. Its type has a <see cref="TaskAttribute"/>.</summary>
public interface ITask
{
    /// <summary>The metrics that make sense for it.</summary>
    MetricKinds Metrics { get; }

    /// <summary>How many channels it adds to the network's input; 0 for generation.</summary>
    /// <param name="shape">The shape of the images.</param>
    int ConditionChannels(DataShape shape);

    /// <summary>What is observed of clean images.</summary>
    /// <param name="clean">Images [N, C, H, W] in [-1, 1], float32, on the noise's device. For a test they are the ground truth.</param>
    /// <param name="noise">Each image's own random numbers, so that its mask is the same in any batch.</param>
    /// <returns>The condition, or null for generation.</returns>
    Condition? Observe(torch.Tensor clean, SampleNoise noise);
}
