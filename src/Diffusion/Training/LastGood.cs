namespace Dfx.Diffusion;

/// <summary>
/// The state of a training run at its last good step, from which it goes on once if numbers are no longer finite. Good steps are the
/// multiples of an interval, and only there is a state saved: an interrupted run has the same good steps as an undisturbed one.
/// </summary>
internal sealed class LastGood(PlanState state, int steps) : IDisposable
{
    private const int Copies = 20;
    private const int LongestInterval = 100;
    private readonly int _interval = Math.Clamp(steps / Copies, 1, LongestInterval);
    private Dictionary<string, torch.Tensor> _tensors = [];

    /// <summary>What was done when the state was taken.</summary>
    internal Spent Spent { get; private set; }

    /// <summary>Whether a state is taken after a step.</summary>
    internal bool Due(long done) => done % _interval == 0;

    /// <summary>Copies the state, which has to be finite.</summary>
    internal void Take(Spent spent)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        Dispose();
        Spent = spent;
        _tensors = state.Tensors().ToDictionary(t => t.Key, t => t.Value.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>Takes the run back.</summary>
    internal void GoBack() => state.Restore(new(_tensors));

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }
}

/// <summary>What a run has spent of its budget.</summary>
/// <param name="Steps">Steps that are done.</param>
/// <param name="Evaluations">Training evaluations of the main trainee in them.</param>
internal readonly record struct Spent(long Steps, long Evaluations)
{
    /// <summary>In the budget's own unit.</summary>
    internal long In(TrainingSettings settings) => settings.Evaluations is null ? Steps : Evaluations;
}
