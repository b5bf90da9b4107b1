using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection;

/// <summary>
/// Residual correction (Zhang et al. 2024): a network that is told no noise level learns to lead the end of a frozen source's trajectories to the images that these started from, and
/// is applied once to the end of any model's trajectory on the same data.
/// </summary>
/// <remarks>
/// With a perfect source and the coupling of the paper its optimum is E[x0 | y_a], not x0: the flow from y_a to y_b is a bijection. See docs/residual-correction.md.
/// </remarks>
/// <param name="options">Its parameters.</param>
[Correction("residual", "Residual correction", Paper = "Zhang et al., CVPR 2024", Collection = "pairs", LearnsAlone = true)]
public sealed class Residual(ResidualOptions options) : ICollectingCorrection, ICorrectionCheck
{
    /// <inheritdoc/>
    public void Check(CorrectionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ImageDistance.Check(options.Metric, plan);
        PairSupply.Check(plan, options.Collected, options.Shape);
    }

    /// <inheritdoc/>
    public void Collect(CollectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PairSupply.Collect(context, options.Collected);
    }

    /// <inheritdoc/>
    public ITrainedCorrection Train(CorrectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Teacher is not null)
        {
            throw new ArgumentException("residual learns from images and has no teacher: take the correction distill, or remove teacher.");
        }

        var training = context.Training;
        using var network = options.Shape.Build(training.Model);
        using var distance = ImageDistance.Of(options.Metric, training);
        var loss = new ResidualLoss(options, PairSupply.Of(context, options.Collected), distance);
        return TrainingLoop.Run(training, network, batch => loss.Of(network, batch), weights => Load(weights, training.Model), PairSupply.Keep(training));
    }

    /// <inheritdoc/>
    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(context);
        return CorrectionFunction.Load(checkpoint, context, options.Shape, options.Stop);
    }
}

/// <summary>
/// Distillation of a large correction into a small one (Zhang et al. 2024, section 4.4): d(f_large(y_b), f_small(y_b)) on the same pairs, without weights and without clean images. The
/// large one is the <c>teacher</c> of its entry in a matrix; the small one starts at random.
/// </summary>
/// <param name="options">Its parameters.</param>
[Correction("distill", "Distilled correction", Paper = "Zhang et al., CVPR 2024", Collection = "pairs", NeedsTeacher = true)]
public sealed class Distillation(DistillationOptions options) : ICollectingCorrection, ICorrectionCheck
{
    private const string NoTeacher = "distill learns from a larger correction of this plugin: name one, such as teacher: { correction: residual, with: { size: xl } }.";

    /// <inheritdoc/>
    public void Check(CorrectionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Teacher is not (Residual or Distillation))
        {
            throw new ArgumentException(NoTeacher);
        }

        ImageDistance.Check(options.Metric, plan);
        PairSupply.Check(plan, options.Collected, options.Shape);
    }

    /// <inheritdoc/>
    public void Collect(CollectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PairSupply.Collect(context, options.Collected);
    }

    /// <inheritdoc/>
    public ITrainedCorrection Train(CorrectionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var teacher = context.Teacher as CorrectionFunction
            ?? throw new ArgumentException(NoTeacher);
        var training = context.Training;
        using var network = options.Shape.Build(training.Model);
        using var distance = ImageDistance.Of(options.Metric, training);
        var pairs = PairSupply.Of(context, options.Collected);
        return TrainingLoop.Run(
            training, network, batch => Loss(network, teacher, pairs, distance, batch), weights => Load(weights, training.Model), PairSupply.Keep(training));
    }

    /// <inheritdoc/>
    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(context);
        return CorrectionFunction.Load(checkpoint, context, options.Shape, options.Stop);
    }

    /// <summary>The loss of every pair: a new tensor [N].</summary>
    internal torch.Tensor Loss(UNet network, CorrectionFunction teacher, IPairSupply pairs, ImageDistance distance, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var made = pairs.Of(batch);
        var target = teacher.Of(made.State);
        return scope.MoveToOuter(distance.Between(options.Shape.Apply(network, made.State), target));
    }
}
