namespace Dfx.Baselines;

/// <summary>
/// Patch Diffusion (Wang et al. 2023, algorithm 1): denoising score matching as in EDM on random patches, whose place the network is told by
/// two further channels. Batches of smaller patches have more of them: 2 or 4 of each image, where the published code reads further images.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("patch", "Patch Diffusion", Paper = "Wang et al., NeurIPS 2023")]
public sealed class PatchMethod(PatchOptions options) : IMethod<IDenoiser>
{
    private static readonly EdmProcess s_process = new();

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var network = UNets.For(WiderTask.Widen(context.Model, PatchDenoiser.Channels));
        using var coordinates = Patches.Coordinates(context.Model.Data.Shape, context.Model.Device).DetachFromDisposeScope();
        var halvings = 1 << (context.Model.Network.Multipliers.Length - 1);
        return TrainingLoop.Run(
            context, network, batch => Loss(network, batch, coordinates, halvings), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) =>
        new PatchDenoiser(PreconditionedDenoiser.Load(checkpoint, WiderTask.Widen(context, PatchDenoiser.Channels), s_process), context.Device);

    private torch.Tensor Loss(UNet network, TrainingBatch batch, torch.Tensor coordinates, int halvings)
    {
        using var scope = torch.NewDisposeScope();
        var (clean, condition) = Cut(batch, coordinates, halvings);
        var sigma = s_process.TrainingSigmas(batch.Noise("sigma"), batch.Step, (int)clean.shape[0]);
        var noise = batch.Noise("noise").Normal(batch.Step, clean.shape);
        var noisy = clean.addcmul(noise, Denoising.Rows(sigma, clean), 1);
        return scope.MoveToOuter(ScoreMatching.Errors(s_process, network, noisy, sigma, clean, condition));
    }

    // Images, condition and coordinates are cut at the same places.
    private (torch.Tensor Clean, Condition Condition) Cut(TrainingBatch batch, torch.Tensor coordinates, int halvings)
    {
        var (images, channels) = (batch.Clean, batch.Clean.shape[1]);
        var (height, width) = ((int)images.shape[2], (int)images.shape[3]);
        var divisor = Patches.Divisor(batch.Whole.Noise("patch-size").Uniform(batch.Step, 1).ToDouble(), options.RealShare);
        var (h, w, count) = (Patches.Side(height, divisor, halvings), Patches.Side(width, divisor, halvings), batch.Count * divisor);
        var tops = batch.Noise("patch-top").Integers(batch.Step, height - h + 1, count);
        var lefts = batch.Noise("patch-left").Integers(batch.Step, width - w + 1, count);
        var whole = WiderTask.Extended(batch.Condition, coordinates.expand(batch.Count, -1, -1, -1));
        var cut = Patches.Crop(torch.cat([images, whole.Channels!], 1), divisor, tops, lefts, h, w);
        return (cut.narrow(1, 0, channels), whole with
        {
            Channels = cut.narrow(1, channels, cut.shape[1] - channels),
            Labels = whole.Labels?.repeat_interleave(divisor, 0),
            Augmentation = whole.Augmentation?.repeat_interleave(divisor, 0),
        });
    }
}
