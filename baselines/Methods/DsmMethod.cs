namespace Dfx.Baselines;

/// <summary>Denoising score matching: a denoiser learns the clean image from the noisy one (Karras et al. 2022, Eq. 2 and 8).</summary>
/// <param name="options">Its parameters.</param>
[Method("dsm", "Denoising score matching", Paper = "Vincent, Neural Computation 2011; Karras et al., NeurIPS 2022")]
public sealed class DsmMethod(DsmOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    private readonly IProcess _process = options.Process.Process();

    /// <inheritdoc/>
    public INoiseSchedule Schedule => _process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, batch => ScoreMatching.Loss(_process, network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PreconditionedDenoiser.Load(checkpoint, context, _process);
}
