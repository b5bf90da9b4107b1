namespace Dfx.Baselines;

/// <summary>DDPM with its simple loss, ‖z - eps(x_t, t)‖² with t uniform in 1 … T (Ho et al. 2020, Eq. 14), or the same of x0 or v.</summary>
/// <param name="options">Its parameters.</param>
[Method("ddpm", "DDPM", Paper = "Ho, Jain and Abbeel, NeurIPS 2020")]
public sealed class DdpmMethod(DdpmOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    private readonly DdpmProcess _process = new(options.Schedule.Of(options.Steps), options.Prediction);

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
