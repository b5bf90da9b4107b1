namespace Dfx.Sdk;

/// <summary>
/// A model that restores x0 from x_t = C_t(x0) + sigma_t z, where C_t is any affine corruption (Soft Diffusion, Daras et al. 2023, Eq. 4).
/// A denoiser is one with C_t = I: see <see cref="DenoiserAsCorruption"/>.
/// </summary>
public interface ICorruptionModel : ITrainedModel
{
    /// <summary>The corruption that it was trained on.</summary>
    ICorruption Corruption { get; }

    /// <summary>The estimate of the clean images.</summary>
    /// <param name="x">Corrupted images [N, C, H, W], float32 or float64, on the model's device.</param>
    /// <param name="t">Their levels [N] in [0, 1], of the same dtype and device.</param>
    /// <param name="condition">What the task observes, or null. Samplers leave it out: the host puts it in.</param>
    /// <returns>A new tensor of x's shape, dtype and device, outside of the graph.</returns>
    torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null);
}
