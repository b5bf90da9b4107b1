namespace Dfx.SoftDiffusion;

/// <summary>
/// Soft Diffusion: images are corrupted by a blur or a mask and little noise, and a network learns to undo both by Soft Score Matching
/// (Daras et al. 2023). The schedule of the corruption is found from the training images first.
/// </summary>
/// <param name="options">Its parameters.</param>
[Method("soft", "Soft Diffusion", Paper = "Daras et al., TMLR 2023")]
public sealed class SoftMethod(SoftOptions options) : IMethod<ICorruptionModel>, IUseCheck
{
    /// <inheritdoc/>
    public ICorruptionModel Train(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var corruption = options.Operator(context.Model.Data.Shape);
        CheckBudgets(context.Budgets, corruption);
        var schedule = Scheduler.Of(
            options, corruption, context.Model.Data, context.Model.Device, context.Host.Store, context.Host, context.Cancellation);
        var soft = new SoftCorruption(corruption, schedule);
        var loss = new SoftLoss(options.Objective, soft);
        using var nodes = torch.tensor(schedule.Nodes.AsSpan().ToArray());
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(
            context, network, batch => loss.Of(network, batch), weights => Load(SoftModel.WithNodes(weights, nodes), context.Model));
    }

    /// <inheritdoc/>
    public ICorruptionModel Load(Checkpoint checkpoint, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(context);
        var (nodes, weights) = SoftModel.Split(checkpoint);
        var corruption = new SoftCorruption(options.Operator(context.Data.Shape), options.Through(nodes));
        var prior = SoftPriors.Of(options, corruption, context.Data);
        var network = UNets.For(context);
        network.Restore(weights);
        return new SoftModel(network, corruption, prior, context.Data.Shape);
    }

    /// <inheritdoc/>
    public void CheckUse(ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // A prior is a matter of the strongest level, which every schedule ends at.
        var corruption = options.Operator(context.Data.Shape);
        SoftPriors.Of(options, new(corruption, options.Through([corruption.Least, corruption.Most])), context.Data).Dispose();
    }

    // With fewer evaluations than rings some steps have to uncover several at once.
    private static void CheckBudgets(IReadOnlyList<int> budgets, ILinearCorruption corruption)
    {
        var (least, most) = (corruption.MinSteps, budgets.Count > 0 ? budgets.Max() : int.MaxValue);
        if (most < least)
        {
            throw new ArgumentException(
                $"The mask has {least} rings, and no cell has as many evaluations, so that some steps would uncover several rings at once: nfe {string.Join(", ", budgets)}. Give an nfe of {least} or more, or rings {most} or fewer.");
        }
    }
}
