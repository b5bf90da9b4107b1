namespace Dfx.Compensation;

/// <summary>
/// The frame that rollouts of EDM's networks are made in. EDM's own leaves the signal as it is: there w = g_t - g_s is nothing, and so is the compensation term.
/// </summary>
public enum CsFrame
{
    /// <summary>Variance preserving: x / √(1 + sigma²).</summary>
    Vp,

    /// <summary>Variance exploding, EDM's own; it is refused.</summary>
    Ve,
}

/// <summary>
/// Compensation with a network that is preconditioned, weighted and sampled as EDM (Karras et al. 2022): states are rolled out in the variance-preserving frame and
/// shown to the network in its own.
/// </summary>
/// <param name="Steps">T: a step of a rollout is as long as one of EDM's sampler with T levels.</param>
/// <param name="Rollout">K.</param>
/// <param name="Term">What is added to a step.</param>
/// <param name="Width">The module's channels, or null.</param>
/// <param name="ModuleEpochs">How many epochs of drawn images the module is trained.</param>
/// <param name="Inner">Its updates for each of the main network.</param>
/// <param name="Target">What the main network is to find.</param>
/// <param name="Frame">The frame of rollouts.</param>
internal sealed record EdmRollout(int Steps, int Rollout, CsTerm Term, int? Width, double ModuleEpochs, int Inner, CsTarget Target, CsFrame Frame)
{
    internal static EdmProcess Process { get; } = new();

    internal EdmLevels Levels => new(Process, Steps);

    /// <exception cref="ArgumentException">Its options cannot work.</exception>
    internal void Check()
    {
        if (Frame == CsFrame.Ve)
        {
            throw new ArgumentException(
                "frame: ve leaves the signal as it is (g = 1 at every noise level), so that the weight of compensation, g_t - g_s, is 0 and the term is nothing: give frame: vp.");
        }
    }

    /// <summary>Trains a main network and, if the term is learned, the module beside it.</summary>
    /// <param name="context">The run, with what the networks see beside the images as a part of its task.</param>
    /// <param name="pools">The rows.</param>
    /// <param name="load">Makes the model of the main network's weights, which it copies: the module is not sampled with.</param>
    internal IDenoiser Train(TrainingContext context, IRolloutPools pools, Func<Checkpoint, IDenoiser> load) =>
        new CsTraining(Term, ModuleEpochs, Inner) { Width = Width }.Run(
            context, pools, Process, Estimate, weights => load(Term == CsTerm.Learned ? weights.Under(CsRollout.Main + "/") : weights));

    /// <summary>lambda(sigma) (D(y; sigma) - target)², y = x / g, and the noise that the denoiser finds, (y - D) / sigma.</summary>
    internal RolloutEstimate Estimate(UNet main, RolloutRows rows)
    {
        using var scope = torch.NewDisposeScope();
        var y = rows.X / Denoising.Rows(Compensation.Signal(rows.Sigma), rows.X);
        var sigma = Denoising.Rows(rows.Sigma, y);
        var clean = Process.Denoise(main, y, rows.Sigma, rows.Condition);
        var error = clean - (Target == CsTarget.Noise ? y - (rows.Noise * sigma) : rows.Clean);
        return new(
            scope.MoveToOuter(error.square() * Denoising.Rows(Process.Weight(rows.Sigma), error)),
            scope.MoveToOuter((y - clean.detach()) / sigma));
    }
}
