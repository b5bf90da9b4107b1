namespace Dfx.Compensation.Masking;

/// <summary>
/// Inpainting by soft masks (Lu, Salah and Poppe 2024, section 4: images "iteratively masked for T steps by multiplication with masks"): a network restores x0 from
/// m_t x0, t uniform in 1 … T, under the L1 norm, as in Cold Diffusion. The mask is the task's own.
/// </summary>
/// <remarks>
/// States in training are exact, m_t x0: with the true term Eq. 13 gives no others. Before t = T the hidden pixels are there, scaled by 1 - t / T, so only at
/// t = T does the network have to make up what is hidden.
/// </remarks>
/// <param name="options">Its parameters.</param>
[Method("cs-mask", "Soft masks (Cold Diffusion's step)", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class CsMaskMethod(CsMaskOptions options) : IMethod<ICorruptionModel>
{
    private readonly TaskMask _corruption = new(options.Steps);

    /// <inheritdoc/>
    /// <exception cref="NotApplicableException">The task hides no pixels under masks that it tells.</exception>
    public ICorruptionModel Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        CheckTask(context.Model);
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(context, network, batch => Loss(network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public ICorruptionModel Load(Checkpoint checkpoint, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var network = UNets.For(context);
        network.Restore(checkpoint);
        return new CsMaskModel(network, _corruption, context.Data.Shape);
    }

    // The network of a task with masks is told the masked image and the mask.
    private static void CheckTask(ModelContext model)
    {
        var shape = model.Data.Shape;
        if (model.Task.ConditionChannels(shape) != shape.Channels + 1)
        {
            throw new NotApplicableException("cs-mask takes the mask of an inpainting task for its corruption, and this task tells none: give it tasks such as inpaint/half.");
        }
    }

    private torch.Tensor Loss(UNet network, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var mask = batch.Condition?.Mask ?? throw new ArgumentException("The task tells no mask.", nameof(batch));
        var uniform = batch.Noise("t").Uniform(batch.Step, batch.Count).@double();
        var t = ((uniform * options.Steps).floor() + 1) / options.Steps;
        var masked = SoftMask.Forward(batch.Clean, mask, t);
        return scope.MoveToOuter((CsMaskModel.Predict(network, masked, t, batch.Condition) - batch.Clean).abs());
    }
}
