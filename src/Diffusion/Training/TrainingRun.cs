using System.Globalization;

namespace Dfx.Diffusion;

/// <summary>The steps of a training run: resumed where it was interrupted, and once taken back if its numbers are no longer finite.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int StepsPerNote = 10;
    private const string RetryFact = "retried";
    private const string RetryScope = "retry/";

    private readonly TrainingContext _context;
    private readonly Func<TrainingBatch, torch.Tensor> _loss;
    private readonly Trainee _trainee;
    private readonly LastGood _good;
    private readonly IStepped[] _stepped;
    private TrainingContext _current;
    private BatchSource _batches;
    private string? _firstProblem;

    internal TrainingRun(TrainingContext context, torch.nn.Module network, Func<TrainingBatch, torch.Tensor> loss)
    {
        (_context, _loss, _current, _batches) = (context, loss, context, new(context));
        _trainee = new(network, Recipe.Of(context.Settings));
        _good = new(_trainee, context.Settings.Steps);
        _stepped = [.. network.modules().Append(network).OfType<IStepped>().Distinct()];
        Resume();
        _good.Take(Done);
    }

    /// <summary>Steps that are done.</summary>
    internal long Done { get; private set; }

    /// <summary>The weights of one of the averages, finite wherever a checkpoint is due.</summary>
    internal Checkpoint Averaged(int average) => _trainee.Averaged(average);

    private TrainingSettings Settings => _context.Settings;

    /// <summary>Takes a step, or goes back to the last good state.</summary>
    /// <exception cref="DivergedException">Numbers are not finite, though the run went back once.</exception>
    internal void Step()
    {
        _context.Cancellation.ThrowIfCancellationRequested();
        var step = Done;
        Array.ForEach(_stepped, s => s.AtStep(step));
        if ((Optimize(step) ?? ProblemOfWeights(step + 1)) is { } problem)
        {
            GoBack(problem);
            return;
        }

        Done = step + 1;
        if (_good.Due(Done))
        {
            _good.Take(Done);
            Save();
        }
    }

    public void Dispose()
    {
        _good.Dispose();
        _trainee.Dispose();
    }

    private void Resume()
    {
        using var scope = torch.NewDisposeScope();
        if (_context.Host.LastState() is not { } state)
        {
            return;
        }

        _trainee.Restore(state.Contents);
        Done = state.Step;
        if (state.Contents.Facts.TryGetValue(RetryFact, out var problem))
        {
            Retry(problem);
        }

        foreach (var tensor in state.Contents.Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    // What is wrong with the loss or its gradient; null if nothing is.
    private string? Optimize(long step)
    {
        using var scope = torch.NewDisposeScope();
        var batch = new TrainingBatch(_current, _batches, step);
        var value = _loss(batch).mean();
        batch.CheckTold();
        var norm = _trainee.Step(value, step);
        var told = step % StepsPerNote == 0 || step + 1 == Settings.Steps;
        var number = told || !double.IsFinite(norm) ? value.ToDouble() : 0;
        if (!double.IsFinite(norm) || !double.IsFinite(number))
        {
            return string.Create(CultureInfo.InvariantCulture, $"step {step + 1} of {Settings.Steps}: the loss is {number:G4} and the norm of its gradient {norm:G4}");
        }

        _context.Host.Report(step + 1, Settings.Steps, told ? string.Create(CultureInfo.InvariantCulture, $"loss {number:G4}") : null);
        return null;
    }

    // Weights are looked at where somebody needs them: at good steps and at checkpoints.
    private string? ProblemOfWeights(long done)
    {
        var needed = _good.Due(done) || Settings.Checkpoints.Any(f => Settings.StepOf(f) == done);
        return needed && !_trainee.IsFinite() ? $"step {done} of {Settings.Steps}: some weights are not finite" : null;
    }

    private void GoBack(string problem)
    {
        if (_firstProblem is not null)
        {
            throw new DivergedException($"{problem}, after a first attempt that ended so: {_firstProblem}; a lower learning rate or a longer warm-up may help");
        }

        _good.GoBack();
        Done = _good.Step;
        Retry(problem);
        _context.Host.Report(Done, Settings.Steps, $"not finite at {problem.Split(':')[0]}: once more from step {Done}");
    }

    // The same numbers would end the same way: batches, levels and noise are drawn anew for the rest of the run.
    private void Retry(string problem)
    {
        _firstProblem = problem;
        _current = _context with { Model = _context.Model with { Scope = _context.Model.Scope + RetryScope } };
        _batches = new(_current);
    }

    private void Save()
    {
        if (Done < Settings.Steps && _context.Host.SaveDue)
        {
            using var scope = torch.NewDisposeScope();
            _context.Host.Save(new(Done, new(_trainee.State().Tensors, Facts())));
        }
    }

    private Dictionary<string, string> Facts() => _firstProblem is null ? [] : new() { [RetryFact] = _firstProblem };
}
