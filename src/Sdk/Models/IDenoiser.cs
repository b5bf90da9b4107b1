namespace Dfx.Sdk;

/// <summary>
/// A denoiser D(x; sigma) = E[x0 | x] for x = x0 + sigma z, z ~ N(0, I): the convention of Karras et al. 2022 ("EDM"). A model that was
/// trained in another frame, such as x_t = s(t) (x0 + sigma(t) z), presents itself so: x = x_t / s(t).
/// </summary>
public interface IDenoiser : ITrainedModel
{
    /// <summary>The noise schedule that it was trained on.</summary>
    INoiseSchedule Schedule { get; }

    /// <summary>The estimate of the clean images.</summary>
    /// <param name="x">Noisy images [N, C, H, W], float32 or float64, on the model's device.</param>
    /// <param name="sigma">Their noise levels [N] of the same dtype and device, positive.</param>
    /// <param name="condition">What the task observes, or null. Samplers leave it out: the host puts it in.</param>
    /// <returns>A new tensor of x's shape, dtype and device, outside of the graph.</returns>
    torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null);
}
