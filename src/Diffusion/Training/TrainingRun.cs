using System.Globalization;

namespace Dfx.Diffusion;

/// <summary>The steps of a training run: resumed where it was interrupted, and once taken back if its numbers are no longer finite.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int StepsPerNote = 10;
    private const string RetryFact = "retried";
    private const string EvaluationsFact = "evaluations";
    private const string RetryScope = "retry/";

    private readonly TrainingContext _context;
    private readonly PlanState _state;
    private readonly PlanStep _step;
    private readonly LastGood _good;
    private readonly Func<TrainingContext, TrainingBatches> _supply;
    private TrainingBatches _batches;
    private Spent _spent;
    private string? _firstProblem;

    /// <param name="context">Data, settings and the host.</param>
    /// <param name="plan">What is trained.</param>
    /// <param name="eager">Whether losses are looked at after every update, or only where somebody is told; null for what suits the device.</param>
    /// <param name="supply">Makes the batches; null for what suits the device.</param>
    internal TrainingRun(TrainingContext context, TrainingPlan plan, bool? eager = null, Func<TrainingContext, TrainingBatches>? supply = null)
    {
        (_context, _supply) = (context, supply ?? (given => new(given)));
        _batches = _supply(context);
        _state = new(plan.Checked(), context.Settings);
        _step = new(plan, _state, context, eager ?? context.Model.Device.type == DeviceType.CPU);
        _good = new(_state, context.Settings.Steps);
        Resume();
        _good.Take(_spent);
    }

    /// <summary>Whether the budget is spent.</summary>
    internal bool Ended => Amount(_spent) >= Settings.Budget;

    private TrainingSettings Settings => _context.Settings;

    /// <summary>The checkpoint of one of the averages, finite wherever one is due.</summary>
    internal Checkpoint Averaged(int average) => _state.Averaged(average);

    /// <summary>Takes a step, or goes back to the last good state.</summary>
    /// <returns>The checkpoints that are due after it.</returns>
    /// <exception cref="DivergedException">Numbers are not finite, though the run went back once.</exception>
    internal IReadOnlyList<double> Step()
    {
        _context.Cancellation.ThrowIfCancellationRequested();
        if (Attempt(out var after) is { } problem)
        {
            GoBack(problem);
            return [];
        }

        var due = Due(after);
        _spent = after;
        if (_good.Due(_spent.Steps))
        {
            _good.Take(_spent);
            Save();
        }

        return due;
    }

    public void Dispose()
    {
        _batches.Dispose();
        _step.Dispose();
        _good.Dispose();
        _state.Dispose();
    }

    private long Amount(Spent spent) => spent.In(Settings);

    private double[] Due(Spent after) =>
        [.. Settings.Checkpoints.Where(f => Amount(_spent) < Settings.DueAt(f) && Settings.DueAt(f) <= Amount(after))];

    // What is wrong with losses, gradients or weights; null if nothing is. Weights are looked at where somebody needs them.
    private string? Attempt(out Spent after)
    {
        using var scope = torch.NewDisposeScope();
        using var batch = _batches.Of(_spent.Steps);
        after = new(_spent.Steps + 1, _spent.Evaluations + _step.Run(batch));
        var needed = _good.Due(after.Steps) || Due(after).Length > 0;
        var told = _spent.Steps % StepsPerNote == 0 || Amount(after) >= Settings.Budget;
        if (_step.Problem(look: told || needed) is { } problem)
        {
            return Place(problem.Step) + problem.What;
        }

        _context.Host.Report(Math.Min(Amount(after), Settings.Budget), Settings.Budget, told ? _step.Losses : null);
        return needed && !_state.IsFinite() ? Place(_spent.Steps) + "some weights are not finite" : null;
    }

    private string Place(long step) => string.Create(
        CultureInfo.InvariantCulture, $"step {step + 1}{(Settings.Evaluations is null ? $" of {Settings.Steps}" : "")}: ");

    private void Resume()
    {
        using var scope = torch.NewDisposeScope();
        if (_context.Host.LastState() is not { } state)
        {
            return;
        }

        _state.Restore(state.Contents);
        _spent = new(state.Step, long.Parse(state.Contents.Facts[EvaluationsFact], CultureInfo.InvariantCulture));
        if (state.Contents.Facts.TryGetValue(RetryFact, out var problem))
        {
            Retry(problem);
        }

        foreach (var tensor in state.Contents.Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private void GoBack(string problem)
    {
        if (_firstProblem is not null)
        {
            throw new DivergedException($"{problem}, after a first attempt that ended so: {_firstProblem}; a lower learning rate or a longer warm-up may help");
        }

        _good.GoBack();
        _spent = _good.Spent;
        Retry(problem);
        _context.Host.Report(Amount(_spent), Settings.Budget, $"not finite at {problem.Split(':')[0]}: once more from step {_spent.Steps}");
    }

    // The same numbers would end the same way: batches, levels and noise are drawn anew for the rest of the run.
    private void Retry(string problem)
    {
        _firstProblem = problem;
        _batches.Dispose();
        _batches = _supply(_context with { Model = _context.Model with { Scope = _context.Model.Scope + RetryScope } });
    }

    private void Save()
    {
        if (!Ended && _context.Host.SaveDue)
        {
            using var scope = torch.NewDisposeScope();
            _context.Host.Save(new(_spent.Steps, new(_state.Tensors(), Facts())));
        }
    }

    private Dictionary<string, string> Facts()
    {
        var facts = new Dictionary<string, string> { [EvaluationsFact] = _spent.Evaluations.ToString(CultureInfo.InvariantCulture) };
        if (_firstProblem is not null)
        {
            facts[RetryFact] = _firstProblem;
        }

        return facts;
    }
}
