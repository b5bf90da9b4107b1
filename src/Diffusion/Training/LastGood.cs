namespace Dfx.Diffusion;

/// <summary>
/// The state of a training run at its last good step, from which it goes on once if numbers are no longer finite. Good steps are the
/// multiples of an interval, and only there is a state saved: an interrupted run has the same good steps as an undisturbed one.
/// </summary>
internal sealed class LastGood(Trainee trainee, int steps) : IDisposable
{
    private const int Copies = 20;
    private const int LongestInterval = 100;
    private readonly int _interval = Math.Clamp(steps / Copies, 1, LongestInterval);
    private Dictionary<string, torch.Tensor> _tensors = [];

    /// <summary>The step that the state was taken after.</summary>
    internal long Step { get; private set; }

    /// <summary>Whether a state is taken after a step.</summary>
    internal bool Due(long done) => done % _interval == 0;

    /// <summary>Copies the trainee's state, which has to be finite.</summary>
    internal void Take(long done)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        Dispose();
        Step = done;
        _tensors = trainee.State().Tensors.ToDictionary(t => t.Key, t => t.Value.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>Takes the trainee back.</summary>
    internal void GoBack() => trainee.Restore(new(_tensors));

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
