namespace Dfx.Baselines;

/// <summary>
/// PFGM++ (Xu et al. 2023, algorithm 1): denoising score matching as in EDM, whose noise has heavy tails. Network, preconditioning, weights
/// and samplers are EDM's with r = sigma √D; noise and prior are those of <see cref="StudentNoise"/>.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("pfgmpp", "PFGM++", Paper = "Xu et al., ICML 2023")]
public sealed class PfgmppMethod(PfgmppOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    private static readonly EdmProcess s_process = new();

    /// <inheritdoc/>
    public INoiseSchedule Schedule => s_process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, batch => Loss(network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) =>
        new StudentDenoiser(PreconditionedDenoiser.Load(checkpoint, context, s_process), options.Dimension, options.Prior);

    private torch.Tensor Loss(UNet network, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var sigma = s_process.TrainingSigmas(batch.Noise("sigma"), batch.Step, batch.Count);
        var noise = StudentNoise.Of(batch, "noise", options.Dimension);
        var noisy = batch.Clean.addcmul(noise, Denoising.Rows(sigma, noise), 1);
        return scope.MoveToOuter(ScoreMatching.Errors(s_process, network, noisy, sigma, batch.Clean, batch.Condition));
    }
}
