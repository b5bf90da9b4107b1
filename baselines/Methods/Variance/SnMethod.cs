namespace Dfx.Baselines;

/// <summary>
/// SN-DDIM and NPR-DDIM (Bao et al. 2022 b, Eq. 10 and 13): beside a frozen denoiser a network learns h = E[z² | x] or the residual
/// E[(z - eps)² | x], pixel by pixel. In the paper it is a head on the denoiser's trunk; ours is a network of its own, of the entry's size,
/// that sees x and eps, and counts as a second network.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("sn", "SN-DDIM", Paper = "Bao et al., ICML 2022", NeedsSource = true)]
public sealed class SnMethod(SnOptions options) : IMethod<IVarianceDenoiser>
{
    /// <inheritdoc/>
    public IVarianceDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var source = Fits.Source(context.Model);
        using var network = SnDenoiser.Network(context.Model);
        return TrainingLoop.Run(context, network, batch => Loss(source, network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IVarianceDenoiser Load(Checkpoint checkpoint, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var network = SnDenoiser.Network(context);
        network.Restore(checkpoint);
        return new SnDenoiser(Fits.Source(context), network, options.Npr, Fits.Limit(context));
    }

    private torch.Tensor Loss(IDenoiser source, UNet network, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var process = new MomentProcess(source.Schedule);
        var sigma = process.TrainingSigmas(batch.Noise("sigma"), batch.Step, batch.Count);
        var noise = batch.Normal("noise").@double();
        var noisy = batch.Clean.@double().addcmul(noise, Denoising.Rows(sigma, noise), 1);
        var eps = (noisy - source.Denoise(noisy, sigma, batch.Condition)) / Denoising.Rows(sigma, noise);
        var target = (options.Npr ? noise - eps : noise).square().@float();
        return scope.MoveToOuter(
            ScoreMatching.Errors(process, network, noisy.@float(), sigma, target, WiderTask.Extended(batch.Condition, eps.@float())));
    }
}
