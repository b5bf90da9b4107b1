namespace Dfx.Diffusion;

/// <summary>
/// Sums a statistic over the training batches of a run, for what is fitted without gradients: with checkpoints, progress and resumption as
/// in <see cref="TrainingLoop"/>.
/// </summary>
public static class SummingLoop
{
    /// <summary>The name of the sum in the checkpoint that makes a model.</summary>
    public const string SumName = "sum";

    /// <summary>Sums over the steps and makes a model of the sum at every checkpoint.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="context">Data, settings and the host.</param>
    /// <param name="statistic">The statistic of a batch: float64, of the same shape at every step, on the run's device.</param>
    /// <param name="load">Makes a model of the sum so far, <see cref="SumName"/>, which it copies.</param>
    /// <returns>The model of the last step; those of earlier checkpoints went to the host.</returns>
    /// <exception cref="DivergedException">The sum is not finite.</exception>
    /// <exception cref="OperationCanceledException">The context's token asked to stop.</exception>
    public static TModel Run<TModel>(TrainingContext context, Func<TrainingBatch, torch.Tensor> statistic, Func<Checkpoint, TModel> load)
        where TModel : ITrainedModel
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(statistic);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var batches = new TrainingBatches(context);
        var (settings, host) = (context.Settings, context.Host);
        var last = host.LastState();
        var sum = last?.Contents.Tensors[SumName].to(context.Model.Device);
        for (var step = last?.Step ?? 0; step < settings.Steps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            sum = Added(sum, batches, step, statistic);
            host.Report(step + 1, settings.Steps);
            Keep(context, step + 1, sum, load);
            if (step + 1 < settings.Steps && host.SaveDue)
            {
                host.Save(new(step + 1, Checkpoint(sum)));
            }
        }

        var model = load(Checked(sum!, settings.Steps));
        host.Keep(1, model.ToCheckpoint());
        return model;
    }

    private static torch.Tensor Added(torch.Tensor? sum, TrainingBatches batches, long step, Func<TrainingBatch, torch.Tensor> statistic)
    {
        using var whole = batches.Of(step);
        foreach (var batch in whole.Parts)
        {
            using var scope = torch.NewDisposeScope();
            var part = statistic(batch);
            sum = scope.MoveToOuter(sum is null ? part.clone() : sum.add_(part));
        }

        return sum!;
    }

    private static void Keep<TModel>(TrainingContext context, long done, torch.Tensor sum, Func<Checkpoint, TModel> load)
        where TModel : ITrainedModel
    {
        foreach (var fraction in context.Settings.Checkpoints.Where(f => context.Settings.StepOf(f) == done && f < 1))
        {
            using var model = load(Checked(sum, done));
            context.Host.Keep(fraction, model.ToCheckpoint());
        }
    }

    private static Checkpoint Checked(torch.Tensor sum, long done) => sum.isfinite().all().ToBoolean()
        ? Checkpoint(sum)
        : throw new DivergedException($"after {done} steps the sum is not finite");

    private static Checkpoint Checkpoint(torch.Tensor sum) => new(new Dictionary<string, torch.Tensor> { [SumName] = sum });
}
