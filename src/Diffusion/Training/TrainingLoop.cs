namespace Dfx.Diffusion;

/// <summary>
/// Trains networks with Adam: batches, warm-up, clipping, moving average, accumulation, checkpoints, progress, resumption and the check for
/// numbers that are no longer finite. A method adds its loss, or a plan of several.
/// </summary>
/// <remarks>
/// Where the settings are silent: learning rate 2e-3 after a warm-up of a tenth of the steps, at most 100; moving average with decay
/// min(0.999, (1 + n) / (10 + n)) after n steps; gradients clipped to norm 1. Every random number is a function of seed and step, so an
/// interrupted run ends with the same bits. If numbers are no longer finite, the run goes on once from its last good state with other
/// random numbers, and diverges the second time.
/// </remarks>
public static class TrainingLoop
{
    /// <summary>Trains a network and makes a model of each of its averaged weights at every checkpoint.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="context">Data, settings and the host.</param>
    /// <param name="network">What is trained, in training mode, on the run's device; several networks with one loss are submodules of one.</param>
    /// <param name="loss">The loss of a batch: a scalar, or any tensor whose mean it is.</param>
    /// <param name="load">Makes a model of averaged weights, which it copies: as a rule the method's own <c>Load</c>.</param>
    /// <returns>The model of the first average at the last step; the others went to the host.</returns>
    /// <exception cref="DivergedException">The gradient or the weights are no longer finite, for the second time.</exception>
    /// <exception cref="OperationCanceledException">The context's token asked to stop.</exception>
    public static TModel Run<TModel>(
        TrainingContext context, torch.nn.Module network, Func<TrainingBatch, torch.Tensor> loss, Func<Checkpoint, TModel> load)
        where TModel : ITrainedModel => Run(context, TrainingPlan.Of(network, loss), load);

    /// <summary>Trains the trainees of a plan and makes a model of each of their averages at every checkpoint.</summary>
    /// <inheritdoc cref="Run{TModel}(TrainingContext, torch.nn.Module, Func{TrainingBatch, torch.Tensor}, Func{Checkpoint, TModel})"/>
    /// <param name="context">Data, settings and the host.</param>
    /// <param name="plan">Trainees and state.</param>
    /// <param name="load">
    /// Makes a model of weights, which it copies. Their names are those of the trainee's network, after its name and a slash if there are several.
    /// </param>
    public static TModel Run<TModel>(TrainingContext context, TrainingPlan plan, Func<Checkpoint, TModel> load)
        where TModel : ITrainedModel
    {
        ArgumentNullException.ThrowIfNull(context);
        return Run(context, plan, load, context.Settings.Averages, (fraction, average, model) => context.Host.Keep(fraction, model.ToCheckpoint(), average));
    }

    /// <summary>The same for what is no model, such as a correction: the first average alone.</summary>
    /// <inheritdoc cref="Run{TModel}(TrainingContext, torch.nn.Module, Func{TrainingBatch, torch.Tensor}, Func{Checkpoint, TModel})"/>
    /// <param name="context">Data, settings and the host.</param>
    /// <param name="network">What is trained.</param>
    /// <param name="loss">The loss of a batch.</param>
    /// <param name="load">Makes the result of averaged weights, which it copies.</param>
    /// <param name="keep">Called at every checkpoint with its fraction; results other than the last one are disposed afterwards.</param>
    public static TResult Run<TResult>(
        TrainingContext context,
        torch.nn.Module network,
        Func<TrainingBatch, torch.Tensor> loss,
        Func<Checkpoint, TResult> load,
        Action<double, TResult> keep)
        where TResult : IDisposable => Run(context, TrainingPlan.Of(network, loss), load, keep);

    /// <summary>The same for a plan.</summary>
    /// <inheritdoc cref="Run{TResult}(TrainingContext, torch.nn.Module, Func{TrainingBatch, torch.Tensor}, Func{Checkpoint, TResult}, Action{double, TResult})"/>
    /// <param name="context">Data, settings and the host.</param>
    /// <param name="plan">Trainees and state.</param>
    /// <param name="load">Makes the result of weights, which it copies.</param>
    /// <param name="keep">Called at every checkpoint with its fraction; results other than the last one are disposed afterwards.</param>
    public static TResult Run<TResult>(TrainingContext context, TrainingPlan plan, Func<Checkpoint, TResult> load, Action<double, TResult> keep)
        where TResult : IDisposable => Run(context, plan, load, 1, (fraction, _, result) => keep(fraction, result));

    private static TResult Run<TResult>(
        TrainingContext context, TrainingPlan plan, Func<Checkpoint, TResult> load, int averages, Action<double, int, TResult> keep)
        where TResult : IDisposable
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(plan);
        using var run = new TrainingRun(context, plan);
        while (!run.Ended)
        {
            // The last checkpoint is that of the finished run.
            foreach (var fraction in run.Step().Where(f => f < 1))
            {
                KeepFrom(0, fraction);
            }
        }

        KeepFrom(1, 1);
        var first = Averaged(run, load, 0);
        keep(1, 0, first);
        return first;

        void KeepFrom(int average, double fraction)
        {
            for (; average < averages; average++)
            {
                using var result = Averaged(run, load, average);
                keep(fraction, average, result);
            }
        }
    }

    private static TResult Averaged<TResult>(TrainingRun run, Func<Checkpoint, TResult> load, int average)
    {
        using var scope = torch.NewDisposeScope();
        return load(run.Averaged(average));
    }
}
