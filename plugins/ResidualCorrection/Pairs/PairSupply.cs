namespace Dfx.ResidualCorrection.Pairs;

/// <summary>What both corrections that learn from pairs do.</summary>
internal static class PairSupply
{
    /// <summary>Whether there can be pairs and a function that learns from them, before the source is trained.</summary>
    /// <exception cref="ArgumentException">There can be none, whatever the source is.</exception>
    /// <exception cref="NotApplicableException">This source, dataset or task has none.</exception>
    internal static void Check(CorrectionPlan plan, PairOptions options, FunctionShape shape)
    {
        options.Check(plan.Schedule);
        PairImages.CheckTask(plan.Model);
        shape.Check(plan.Model);
    }

    /// <summary>Collects pairs, if they are collected at all.</summary>
    internal static void Collect(CollectionContext context, PairOptions options)
    {
        if (options.Batching == PairBatching.Harvest)
        {
            new Harvest(context, options).Run();
        }
    }

    /// <summary>Where the pairs of a training come from.</summary>
    internal static IPairSupply Of(CorrectionContext context, PairOptions options) =>
        options.Batching == PairBatching.Harvest ? new CollectedPairs(context, options) : new LivePairs(context, options);

    /// <summary>Keeps checkpoints before the last one, which is the host's.</summary>
    internal static Action<double, ITrainedCorrection> Keep(TrainingContext training) => (fraction, correction) =>
    {
        if (fraction < 1)
        {
            training.Host.Keep(fraction, correction.ToCheckpoint());
        }
    };
}
