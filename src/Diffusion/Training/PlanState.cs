namespace Dfx.Diffusion;

/// <summary>All that changes during a run of a plan: the states of its trainees and the method's own.</summary>
internal sealed class PlanState : IDisposable
{
    private const string OwnPrefix = "state/";

    private readonly TrainingPlan _plan;

    internal PlanState(TrainingPlan plan, TrainingSettings settings)
    {
        _plan = plan;
        Trainees = [.. plan.Trainees.Select(t => new TrainState(t, Recipe.Of(settings, t.Optimizer)))];
    }

    /// <summary>The trainees' states, in their order.</summary>
    internal TrainState[] Trainees { get; }

    /// <summary>The checkpoint that a model of one of the averages is made of.</summary>
    internal Checkpoint Averaged(int average) => new(Named((state, _) => state.Averaged(average)).ToDictionary());

    /// <summary>Whether weights, averages and the method's own numbers are finite.</summary>
    internal bool IsFinite()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var device = Trainees[0].Weights.First().device;
        var all = Trainees.SelectMany(t => t.Weights).Concat(_plan.State.Values.Where(t => t.is_floating_point()));
        return torch.stack(all.Select(t => t.isfinite().all().to(device))).all().ToBoolean();
    }

    /// <summary>Everything that the next step depends on: the tensors themselves, not copies.</summary>
    internal Dictionary<string, torch.Tensor> Tensors() => Named((state, _) => state.State())
        .Concat(_plan.State.Select(t => KeyValuePair.Create(OwnPrefix + t.Key, t.Value)))
        .ToDictionary();

    /// <summary>Goes back to a state.</summary>
    /// <exception cref="ArgumentException">A tensor of the method's state has another shape.</exception>
    internal void Restore(Checkpoint state)
    {
        foreach (var (trainee, own) in _plan.Trainees.Zip(Trainees))
        {
            own.Restore(state, _plan.Prefix(trainee));
        }

        using var outside = torch.no_grad();
        foreach (var (name, tensor) in _plan.State)
        {
            var saved = state.Tensors[OwnPrefix + name];
            if (!saved.shape.SequenceEqual(tensor.shape))
            {
                throw new ArgumentException($"The method's state '{name}' was saved with the shape [{string.Join(", ", saved.shape)}] and has [{string.Join(", ", tensor.shape)}] now.", nameof(state));
            }

            tensor.copy_(saved);
        }
    }

    public void Dispose() => Array.ForEach(Trainees, state => state.Dispose());

    private IEnumerable<KeyValuePair<string, torch.Tensor>> Named(Func<TrainState, Trainee, IEnumerable<KeyValuePair<string, torch.Tensor>>> what) =>
        Trainees.Zip(_plan.Trainees).SelectMany(pair => what(pair.First, pair.Second).Select(t => KeyValuePair.Create(_plan.Prefix(pair.Second) + t.Key, t.Value)));
}
