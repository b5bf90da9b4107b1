namespace Dfx.Baselines;

/// <summary>
/// Cold Diffusion with noise as the degradation: the network restores x0 from x_t under the L1 norm, on the cosine schedule (Bansal et al.
/// 2022, Eq. 1 and section 5.3). The noise level is told as in <see cref="DdpmMethod"/>.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("cold", "Cold Diffusion", Paper = "Bansal et al., NeurIPS 2023")]
public sealed class ColdMethod(ColdOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    private readonly DdpmProcess _process = new(DiscreteSchedule.Cosine(options.Steps), Prediction.X0);

    /// <inheritdoc/>
    public INoiseSchedule Schedule => _process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, batch => Loss(network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PreconditionedDenoiser.Load(checkpoint, context, _process);

    private torch.Tensor Loss(UNet network, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var (sigma, noisy) = ScoreMatching.Perturb(_process, batch);
        return scope.MoveToOuter((_process.Denoise(network, noisy, sigma, batch.Condition) - batch.Clean).abs());
    }
}
