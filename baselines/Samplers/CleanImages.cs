namespace Dfx.Baselines;

/// <summary>What samplers do to the model's estimate of the clean images before they use it.</summary>
internal static class CleanImages
{
    /// <summary>The estimate, clamped to the range [-1, 1] of images if <paramref name="clip"/> asks for it.</summary>
    internal static torch.Tensor Clipped(this torch.Tensor clean, bool clip) => clip ? clean.clamp(-1, 1) : clean;
}
