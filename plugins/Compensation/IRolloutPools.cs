namespace Dfx.Compensation;

/// <summary>The pool, or pools, whose rows a run trains on: one of them at each step.</summary>
internal interface IRolloutPools
{
    /// <summary>All of it, for <see cref="TrainingPlan.State"/>.</summary>
    IReadOnlyDictionary<string, torch.Tensor> State { get; }

    /// <summary>How many images were drawn.</summary>
    long Drawn { get; }

    /// <summary>The pool of a step.</summary>
    /// <param name="batch">The step's batch, or a part of it.</param>
    RolloutPool Of(TrainingBatch batch);
}
