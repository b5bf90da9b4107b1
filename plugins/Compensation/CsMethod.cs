namespace Dfx.Compensation;

/// <summary>
/// Compensation Sampling (Lu, Salah and Poppe 2024): DDPM's network learns along short trajectories of its own, on which a second network, the compensation module,
/// makes up for its errors. What is sampled is the main network alone, as with DDIM, unless an option says otherwise.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("cs", "Compensation Sampling", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class CsMethod(CsOptions options) : IMethod<IDenoiser>, IScheduledMethod, IUseCheck
{
    // As far from the data as consistent targets are divided by.
    private const double LeastDeviation = 0.1;

    private readonly DdpmProcess _process = new(DiscreteLevels.Schedule(options.Schedule, options.Steps));

    /// <inheritdoc/>
    public INoiseSchedule Schedule => _process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var model = context.Model;
        using var pool = new RolloutPool(model, context.Settings.Batch, model.Data.Shape, Levels(), Rollout, RolloutSource.Plain);
        var training = new CsTraining(options.Term, options.ModuleEpochs, options.Inner, options.ClipX0) { Input = options.Input, Head = options.Head, Width = options.Width };
        return training.Run(context, pool, _process, Estimate, weights => Load(weights, model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(context);
        if (options.Term != CsTerm.Learned)
        {
            return PreconditionedDenoiser.Load(checkpoint, context, _process);
        }

        var second = CsModule.Build(context, options.Input, options.Width);
        second.Restore(checkpoint, CsModule.Name + "/");
        var main = PreconditionedDenoiser.Load(checkpoint.Under(CsRollout.Main + "/"), context, _process);
        return new CsDenoiser(main, new(second, _process, options.Input, options.Head), Levels(), options.Generation);
    }

    /// <inheritdoc/>
    public void CheckUse(ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        CsModule.Width(context.Network, options.Width);
        if (options.Generation != CsGeneration.Off && options.Term != CsTerm.Learned)
        {
            throw new ArgumentException($"generation: {options.Generation.ToString().ToLowerInvariant()} compensates with the module, and with term: {options.Term.ToString().ToLowerInvariant()} there is none: give term: learned, or generation: off.");
        }
    }

    /// <summary>‖eps(x_t) - z‖², of rows wherever they are (Eq. 14).</summary>
    internal RolloutEstimate Estimate(UNet main, RolloutRows rows)
    {
        using var scope = torch.NewDisposeScope();
        var label = _process.Precondition(rows.Sigma).Noise.to(rows.X.dtype);
        var eps = main.call(rows.X, label, NetworkInputs.Of(rows.Condition));
        return new((eps - Target(rows)).square().MoveToOuterDisposeScope(), eps.detach().MoveToOuterDisposeScope());
    }

    private long Rollout => options.Full ? long.MaxValue : options.Rollout;

    private DiscreteLevels Levels() => new(_process.Steps, options.Full);

    private torch.Tensor Target(RolloutRows rows) => options.Target == CsTarget.Noise
        ? rows.Noise
        : (rows.X - (rows.Clean * Denoising.Rows(Compensation.Signal(rows.Sigma), rows.X))) / Denoising.Rows(Compensation.Deviation(rows.Sigma).clamp_min(LeastDeviation), rows.X);
}
