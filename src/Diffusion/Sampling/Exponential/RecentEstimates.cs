namespace Dfx.Diffusion;

/// <summary>The estimates that a multistep run remembers.</summary>
/// <param name="count">How many at most.</param>
public sealed class RecentEstimates(int count)
{
    private readonly List<SolverEstimate> _items = [];

    /// <summary>Keeps an estimate of the current dispose scope, that of a step, beyond it, and lets go of the oldest.</summary>
    /// <param name="estimate">The newest.</param>
    public void Add(SolverEstimate estimate)
    {
        estimate.Value.MoveToOuterDisposeScope();
        _items.Insert(0, estimate);
        if (_items.Count > count)
        {
            _items[count].Value.Dispose();
            _items.RemoveAt(count);
        }
    }

    /// <summary>Some of them, the newest first.</summary>
    /// <param name="some">How many, at most as many as there are.</param>
    public IReadOnlyList<SolverEstimate> Newest(int some) => _items.GetRange(0, some);
}
