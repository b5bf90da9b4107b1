using System.Globalization;

namespace Dfx.Diffusion;

/// <summary>
/// Trains a network with Adam: batches, warm-up, clipping, moving average, checkpoints, progress, resumption and the check for numbers that
/// are no longer finite. A method adds its loss.
/// </summary>
/// <remarks>
/// Where the settings are silent: learning rate 2e-3 after a warm-up of a tenth of the steps, at most 100; moving average with decay
/// min(0.999, (1 + n) / (10 + n)) after n steps; gradients clipped to norm 1. Every random number is a function of seed and step, so an
/// interrupted run ends with the same bits.
/// </remarks>
public static class TrainingLoop
{
    private const int StepsPerNote = 10;

    /// <summary>Trains a network and makes a model of its averaged weights at every checkpoint.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="context">Data, settings and the host.</param>
    /// <param name="network">What is trained, in training mode, on the run's device; several networks are submodules of one.</param>
    /// <param name="loss">The loss of a batch: a scalar, or any tensor whose mean it is.</param>
    /// <param name="load">Makes a model of averaged weights, which it copies: as a rule the method's own <c>Load</c>.</param>
    /// <returns>The model of the last step; those of earlier checkpoints went to the host.</returns>
    /// <exception cref="DivergedException">The gradient or the weights are no longer finite.</exception>
    /// <exception cref="OperationCanceledException">The context's token asked to stop.</exception>
    public static TModel Run<TModel>(
        TrainingContext context, torch.nn.Module network, Func<TrainingBatch, torch.Tensor> loss, Func<Checkpoint, TModel> load)
        where TModel : ITrainedModel =>
        Run(context, network, loss, load, (fraction, model) => context.Host.Keep(fraction, model.ToCheckpoint()));

    /// <summary>The same for what is no model, such as a correction.</summary>
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
        where TResult : IDisposable
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(network);
        using var trainee = new Trainee(network, Recipe.Of(context.Settings));
        var batches = new BatchSource(context);
        IStepped[] stepped = [.. network.modules().Append(network).OfType<IStepped>().Distinct()];
        for (var step = Resume(context, trainee); step < context.Settings.Steps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Array.ForEach(stepped, s => s.AtStep(step));
            Step(context, trainee, step, () => loss(new TrainingBatch(context, batches, step)));
            Keep(context, trainee, step + 1, load, keep);
            Save(context, trainee, step + 1);
        }

        return Finished(context, trainee, load, keep);
    }

    private static long Resume(TrainingContext context, Trainee trainee)
    {
        using var scope = torch.NewDisposeScope();
        if (context.Host.LastState() is not { } state)
        {
            return 0;
        }

        trainee.Restore(state.Contents);
        foreach (var tensor in state.Contents.Tensors.Values)
        {
            tensor.Dispose();
        }

        return state.Step;
    }

    private static void Step(TrainingContext context, Trainee trainee, long step, Func<torch.Tensor> loss)
    {
        using var scope = torch.NewDisposeScope();
        var value = loss().mean();
        var norm = trainee.Step(value, step);
        var told = step % StepsPerNote == 0 || step + 1 == context.Settings.Steps;
        var number = told || !double.IsFinite(norm) ? value.ToDouble() : 0;
        if (!double.IsFinite(norm) || !double.IsFinite(number))
        {
            throw new DivergedException(string.Create(CultureInfo.InvariantCulture, $"step {step + 1} of {context.Settings.Steps}: the loss is {number:G4} and the norm of its gradient {norm:G4}; a lower learning rate or a longer warm-up may help"));
        }

        context.Host.Report(step + 1, context.Settings.Steps, told ? string.Create(CultureInfo.InvariantCulture, $"loss {number:G4}") : null);
    }

    // The last checkpoint is that of the finished run.
    private static void Keep<TResult>(
        TrainingContext context, Trainee trainee, long done, Func<Checkpoint, TResult> load, Action<double, TResult> keep)
        where TResult : IDisposable
    {
        foreach (var fraction in context.Settings.Checkpoints.Where(f => context.Settings.StepOf(f) == done && f < 1))
        {
            using var model = Averaged(trainee, done, load);
            keep(fraction, model);
        }
    }

    private static TResult Finished<TResult>(
        TrainingContext context, Trainee trainee, Func<Checkpoint, TResult> load, Action<double, TResult> keep)
        where TResult : IDisposable
    {
        var model = Averaged(trainee, context.Settings.Steps, load);
        keep(1, model);
        return model;
    }

    private static TResult Averaged<TResult>(Trainee trainee, long done, Func<Checkpoint, TResult> load)
    {
        Check(trainee, done);
        using var scope = torch.NewDisposeScope();
        return load(trainee.Averaged);
    }

    private static void Save(TrainingContext context, Trainee trainee, long done)
    {
        if (done < context.Settings.Steps && context.Host.SaveDue)
        {
            Check(trainee, done);
            using var scope = torch.NewDisposeScope();
            context.Host.Save(new(done, trainee.State()));
        }
    }

    private static void Check(Trainee trainee, long done)
    {
        if (!trainee.IsFinite())
        {
            throw new DivergedException($"after step {done} some weights are not finite; a lower learning rate or a longer warm-up may help");
        }
    }
}
