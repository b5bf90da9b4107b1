namespace Dfx.Diffusion;

/// <summary>One step of a plan: hooks, and for each trainee loss, gradient and update.</summary>
internal sealed class PlanStep : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly PlanState _state;
    private readonly TrainingContext _context;
    private readonly bool _eager;
    private readonly LossWatch _watch;
    private readonly MainRows _rows;
    private readonly IStepped[] _stepped;
    private (long Step, string What)? _problem;

    /// <param name="plan">What is trained.</param>
    /// <param name="state">All that changes.</param>
    /// <param name="context">Settings and data.</param>
    /// <param name="eager">Whether losses are looked at after every update.</param>
    internal PlanStep(TrainingPlan plan, PlanState state, TrainingContext context, bool eager)
    {
        (_plan, _state, _context, _eager) = (plan, state, context, eager);
        (_watch, _rows) = (new(plan), new(plan.Trainees[0].Network));
        _stepped = [.. plan.Trainees.SelectMany(t => t.Network.modules().Append(t.Network)).OfType<IStepped>().Distinct()];
    }

    /// <summary>The losses that were seen last, in words.</summary>
    internal string Losses => _watch.Losses;

    /// <summary>Runs a step; if a number is seen that is not finite, it goes no further.</summary>
    /// <param name="whole">The step's batch.</param>
    /// <returns>Training evaluations of the main trainee.</returns>
    internal long Run(TrainingBatch whole)
    {
        _problem = null;
        var before = _rows.Count;
        Call(_plan.Before, whole);
        Freeze(whole);
        long? main = null;
        for (var i = 0; i < _plan.Trainees.Length && _problem is null; i++)
        {
            Train(i, whole);
            main ??= Evaluations(whole, before);
        }

        if (_problem is null)
        {
            whole.CheckTold();
            Call(_plan.After, whole);
        }

        return main!.Value;
    }

    /// <summary>What was not finite since somebody last looked, and at which step.</summary>
    /// <param name="look">Whether to look if nobody did.</param>
    internal (long Step, string What)? Problem(bool look) => _problem ??= look ? _watch.Look() : null;

    public void Dispose()
    {
        _watch.Dispose();
        _rows.Dispose();
    }

    private static void Call(Action<TrainingBatch>? hook, TrainingBatch whole)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        hook?.Invoke(whole);
    }

    private void Freeze(TrainingBatch whole)
    {
        foreach (var (trainee, state) in _plan.Trainees.Zip(_state.Trainees))
        {
            var epochs = trainee.FrozenFromEpoch is null ? 0 : (double)(_plan.Drawn?.Invoke() ?? whole.First) / _context.Model.Data.Count(Split.Train);
            state.Frozen = whole.Step >= trainee.FrozenFromStep || epochs >= trainee.FrozenFromEpoch;
        }
    }

    private void Train(int index, TrainingBatch whole)
    {
        var (trainee, state) = (_plan.Trainees[index], _state.Trainees[index]);
        if (state.Frozen)
        {
            return;
        }

        for (var update = 0; update < trainee.Updates && _problem is null; update++)
        {
            using var scope = torch.NewDisposeScope();
            state.ClearGradient();
            var (loss, norm) = (Backward(trainee, whole, update), state.GradientNorm());
            _watch.Note(whole.Step, index, loss, norm);
            Update(state, norm, whole.Step);
        }

        if (_problem is null)
        {
            state.Average(whole.Step);
        }
    }

    // The gradient of the mean over the whole batch, part by part; the loss, outside of the graph.
    private torch.Tensor Backward(Trainee trainee, TrainingBatch whole, int update)
    {
        using var all = torch.NewDisposeScope();
        torch.Tensor? sum = null;
        foreach (var batch in whole.PartsOf(update))
        {
            using var scope = torch.NewDisposeScope();
            Array.ForEach(_stepped, s => s.AtStep(batch.Step, batch.Part, update));
            var loss = trainee.Loss(batch).mean();
            loss = _context.Settings.Accumulate == 1 ? loss : loss / _context.Settings.Accumulate;
            loss.backward();
            sum = scope.MoveToOuter(sum is null ? loss.detach() : sum + loss.detach());
        }

        return all.MoveToOuter(sum!);
    }

    private void Update(TrainState state, torch.Tensor norm, long step)
    {
        if (!_eager)
        {
            state.Update(norm, step);
        }
        else if ((_problem = _watch.Look()) is null)
        {
            state.Update(norm.ToDouble(), step);
        }
    }

    private long Evaluations(TrainingBatch whole, long? before)
    {
        var trainee = _plan.Trainees[0];
        var count = _state.Trainees[0].Frozen ? 0 : (_rows.Count - before) ?? (long)whole.Count * trainee.Updates;
        return count > 0 || _context.Settings.Evaluations is null || _problem is not null
            ? count
            : throw new InvalidOperationException(
                $"A budget in training evaluations is that of {trainee.Name}, which this step did not evaluate in training mode: give steps, or another main trainee.");
    }
}
