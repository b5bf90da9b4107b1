namespace Dfx.SoftDiffusion;

/// <summary>
/// Soft Score Matching (Daras et al. 2023, Eq. 9 to 12): the network predicts the residual r = x0 - x_t of the corrupted image, and its error is
/// looked at through the corruption. With w(t) = 1 / sigma² and the prediction phi = sigma F the loss is ½ ‖C (F - r / sigma)‖².
/// </summary>
/// <param name="objective">Soft Score Matching, or one of the losses that leave the corruption out.</param>
/// <param name="corruption">Corruption and noise of images in [-1, 1].</param>
internal sealed class SoftLoss(SoftObjective objective, SoftCorruption corruption)
{
    /// <summary>The loss of a batch. t is uniform, and the noise is that of <c>dsm</c>.</summary>
    /// <param name="network">F.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>The loss of every image: a new tensor [N].</returns>
    internal torch.Tensor Of(UNet network, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var uniform = batch.Noise("t").Uniform(batch.Step, batch.Count).@double();
        var t = uniform.mul_(1 - SoftCorruption.LowestLevel).add_(SoftCorruption.LowestLevel);
        var sigma = Denoising.Rows(corruption.Sigmas(t), batch.Clean);
        var corrupted = corruption.Apply(batch.Clean, t).addcmul_(batch.Normal("noise"), sigma, 1);
        var output = SoftModel.Predict(network, corrupted, t, batch.Condition);
        return scope.MoveToOuter(Of(output, (batch.Clean - corrupted).div_(sigma), sigma, t));
    }

    /// <summary>The loss of predictions.</summary>
    /// <param name="output">F [N, C, H, W].</param>
    /// <param name="target">r / sigma [N, C, H, W].</param>
    /// <param name="sigma">sigma of images in [-1, 1], [N, 1, 1, 1].</param>
    /// <param name="t">[N], float64.</param>
    /// <returns>A new tensor [N], differentiable in the output.</returns>
    internal torch.Tensor Of(torch.Tensor output, torch.Tensor target, torch.Tensor sigma, torch.Tensor t)
    {
        using var scope = torch.NewDisposeScope();
        var error = output - target;
        return scope.MoveToOuter(objective switch
        {
            SoftObjective.Soft => HalfSquares(corruption.Linear(error, t)),
            SoftObjective.CleanL2 => HalfSquares(error),
            _ => (error * sigma).abs().mean([1L, 2, 3]) / SoftCorruption.Scale,
        });
    }

    private static torch.Tensor HalfSquares(torch.Tensor error) => error.square().sum([1L, 2, 3]) / 2;
}
