namespace Dfx.Baselines;

/// <summary>
/// Soft Truncation on the continuous variance-preserving process: every batch has a shortest time of its own, drawn from P_k, and its times
/// lie above it (Kim et al. 2022, section 4.2), where <see cref="TruncatedProcess"/> draws and weights them.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("soft-truncation", "Soft Truncation", Paper = "Kim et al., ICML 2022")]
public sealed class SoftTruncationMethod(SoftTruncationOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    private static readonly VpProcess s_process = new();

    /// <inheritdoc/>
    public INoiseSchedule Schedule => s_process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, batch => ScoreMatching.Loss(Truncated(batch), network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PreconditionedDenoiser.Load(checkpoint, context, s_process);

    /// <summary>
    /// The time whose probability to be exceeded under P_k(tau) ∝ tau^-k on [<paramref name="least"/>, 1] is <paramref name="u"/>.
    /// </summary>
    internal static double ShortestTime(double u, double k, double least) => Math.Abs(k - 1) < 1e-9
        ? Math.Pow(least, u)
        : Math.Pow((u * Math.Pow(least, 1 - k)) + (1 - u), 1 / (1 - k));

    private TruncatedProcess Truncated(TrainingBatch batch)
    {
        using var uniform = batch.Whole.Noise("truncation").Uniform(batch.Step, 1);
        return new(s_process with { TimeMin = ShortestTime(uniform.ToDouble(), options.K, options.TimeMin) }, options.Likelihood);
    }
}
