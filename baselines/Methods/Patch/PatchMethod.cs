namespace Dfx.Baselines;

/// <summary>
/// Patch Diffusion (Wang et al. 2023, algorithm 1): denoising score matching as in EDM on random patches, whose place the network is told by
/// two further channels. Batches of smaller patches have more of them: 2 or 4 of each image, where the published code reads further images.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("patch", "Patch Diffusion", Paper = "Wang et al., NeurIPS 2023")]
public sealed class PatchMethod(PatchOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    private static readonly EdmProcess s_process = new();

    /// <inheritdoc/>
    public INoiseSchedule Schedule => s_process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var network = UNets.For(WiderTask.Widen(context.Model, Patches.CoordinateChannels));
        using var patches = new PatchCutter(context.Model);
        return TrainingLoop.Run(context, network, batch => Loss(network, batch, patches), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PatchDenoiser.Load(checkpoint, context, s_process);

    private torch.Tensor Loss(UNet network, TrainingBatch batch, PatchCutter patches)
    {
        using var scope = torch.NewDisposeScope();
        var (clean, condition) = patches.Cut(batch, PatchCutter.Divisor(batch, options.RealShare));
        var sigma = s_process.TrainingSigmas(batch.Noise("sigma"), batch.Step, (int)clean.shape[0]);
        var noise = batch.Noise("noise").Normal(batch.Step, clean.shape);
        var noisy = clean.addcmul(noise, Denoising.Rows(sigma, clean), 1);
        return scope.MoveToOuter(ScoreMatching.Errors(s_process, network, noisy, sigma, clean, condition));
    }
}
