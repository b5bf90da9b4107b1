namespace Dfx.Baselines;

/// <summary>
/// DDPM with perception-prioritised weights (Choi et al. 2022, Eq. 8). The paper's networks also learn the variance of the reverse steps;
/// ours predict the noise alone.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("p2", "P2 weighting", Paper = "Choi et al., CVPR 2022")]
public sealed class P2Method(P2Options options) : IMethod<IDenoiser>, IScheduledMethod
{
    private readonly P2Process _process = new(new DdpmProcess(options.Schedule.Of(options.Steps)), options.Gamma, options.K);

    /// <inheritdoc/>
    public INoiseSchedule Schedule => _process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, batch => ScoreMatching.Loss(_process, network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PreconditionedDenoiser.Load(checkpoint, context, _process);
}
