namespace Dfx.Compensation;

/// <summary>
/// PFGM++ with compensation (Lu, Salah and Poppe 2024, table 2, PFGM++ + CS): rollouts with heavy-tailed noise, z = n / sigma with n the perturbation of PFGM++, whose direction
/// and ratio of radius to sigma a row keeps all the way. It is sampled as PFGM++ is; the module serves training alone.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("cs-pfgmpp", "PFGM++ + CS", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class CsPfgmppMethod(CsPfgmppOptions options) : IMethod<IDenoiser>, IScheduledMethod, IUseCheck
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule => EdmRollout.Process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (model, edm) = (context.Model, options.Edm);
        CheckUse(model);
        using var pool = new RolloutPool(model, context.Settings.Batch, model.Data.Shape, edm.Levels, edm.Rollout, Source(options.Dimension));
        return edm.Train(context, pool, weights => Load(weights, model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) =>
        new StudentDenoiser(PreconditionedDenoiser.Load(checkpoint, context, EdmRollout.Process), options.Dimension, options.Prior);

    /// <inheritdoc/>
    public void CheckUse(ModelContext context) => options.Edm.Check();

    /// <summary>Training images and the noise of PFGM++ with D dimensions at sigma = 1.</summary>
    internal static RolloutSource Source(double dimension) =>
        RolloutSource.Plain with { Noise = batch => StudentNoise.Of(batch, "rollout-noise", dimension) };
}
