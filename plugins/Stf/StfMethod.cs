namespace Dfx.Stf;

/// <summary>
/// Stable Target Field: denoising score matching whose target is not the clean image of a noisy one but an average over a reference batch,
/// weighted by how well each image explains the noisy one (Xu et al. 2023, Eq. 5 and Alg. 1). Network, noise levels, loss weight and
/// optimizer are those of <c>dsm</c>.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("stf", "Stable Target Field", Paper = "Xu, Tong and Jaakkola, ICLR 2023")]
public sealed class StfMethod(StfOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    private readonly IProcess _process = options.Process.Process();

    /// <inheritdoc/>
    public INoiseSchedule Schedule => _process.Schedule;

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        var references = new ReferenceBatch(context, options);
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, batch => Loss(network, batch, references), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PreconditionedDenoiser.Load(checkpoint, context, _process);

    // Alg. 1: the minibatch is noised, and its target is averaged over the reference batch that begins with it.
    private torch.Tensor Loss(UNet network, TrainingBatch batch, ReferenceBatch references)
    {
        using var scope = torch.NewDisposeScope();
        var (sigma, noisy) = ScoreMatching.Perturb(_process, batch);
        var target = StableTarget.Of(noisy, sigma, references.Of(batch), options.Chunk);
        return scope.MoveToOuter(ScoreMatching.Errors(_process, network, noisy, sigma, target, batch.Condition));
    }
}
