namespace Dfx.Diffusion;

/// <summary>Denoising score matching in EDM's frame (Vincent 2011; Karras et al. 2022, Eq. 2 and 8).</summary>
public static class ScoreMatching
{
    /// <summary>The loss of a batch: noise levels and noise are drawn, and the clean images are the target.</summary>
    /// <param name="process">Noise levels, preconditioning and weight.</param>
    /// <param name="network">The network.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>The weighted squared errors [N, C, H, W], whose mean is the loss.</returns>
    public static torch.Tensor Loss(IProcess process, UNet network, TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        var (sigma, noisy) = Perturb(process, batch);
        return scope.MoveToOuter(Errors(process, network, noisy, sigma, batch.Clean, batch.Condition));
    }

    /// <summary>Noise levels of the process and the batch's images with that much noise.</summary>
    /// <param name="process">Draws the levels.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>The levels [N], float64, and the noisy images [N, C, H, W], float32.</returns>
    public static (torch.Tensor Sigma, torch.Tensor Noisy) Perturb(IProcess process, TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(batch);
        var sigma = process.TrainingSigmas(batch.Noise("sigma"), batch.Step, batch.Count);
        return (sigma, batch.Clean.addcmul(batch.Normal("noise"), Denoising.Rows(sigma, batch.Clean), 1));
    }

    /// <summary>lambda(sigma) (D(x; sigma) - target)².</summary>
    /// <param name="process">Preconditioning and weight.</param>
    /// <param name="network">The network.</param>
    /// <param name="noisy">Noisy images [N, C, H, W].</param>
    /// <param name="sigma">Their noise levels [N].</param>
    /// <param name="target">What D should be [N, C, H, W]: the clean images, or an estimate of their posterior mean.</param>
    /// <param name="condition">What is concatenated to the network's input, or null.</param>
    /// <returns>A new tensor [N, C, H, W].</returns>
    public static torch.Tensor Errors(
        IProcess process, UNet network, torch.Tensor noisy, torch.Tensor sigma, torch.Tensor target, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        using var scope = torch.NewDisposeScope();
        var error = process.Denoise(network, noisy, sigma, condition) - target;
        return scope.MoveToOuter(error.square() * Denoising.Rows(process.Weight(sigma), error));
    }
}
