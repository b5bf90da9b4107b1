namespace Dfx.Compensation;

/// <summary>
/// Patch Diffusion with compensation (Lu, Salah and Poppe 2024, table 1, PDM + CS): rollouts of random patches, whose place main network and module are told. It is sampled
/// as Patch Diffusion is; the module serves training alone.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("cs-patch", "Patch Diffusion + CS", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class CsPatchMethod(CsPatchOptions options) : IMethod<IDenoiser>, IScheduledMethod, IUseCheck
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule => EdmRollout.Process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        CheckUse(context.Model);
        var wider = context with { Model = WiderTask.Widen(context.Model, Patches.CoordinateChannels) };
        using var patches = new PatchCutter(context.Model, UNets.Light(CsModule.Multiple));
        using var pools = new PatchPools(wider, patches, options.RealShare, options.Edm.Levels, options.Rollout);
        return options.Edm.Train(wider, pools, weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PatchDenoiser.Load(checkpoint, context, EdmRollout.Process);

    /// <inheritdoc/>
    public void CheckUse(ModelContext context) => options.Edm.Check();
}
