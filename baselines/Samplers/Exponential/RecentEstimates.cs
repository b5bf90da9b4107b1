namespace Dfx.Baselines;

/// <summary>The estimates that a multistep run remembers.</summary>
/// <param name="count">How many at most.</param>
internal sealed class RecentEstimates(int count)
{
    private readonly List<Estimate> _items = [];

    /// <summary>Keeps an estimate of the current dispose scope beyond it, and lets go of the oldest.</summary>
    internal void Add(Estimate estimate)
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
    internal IReadOnlyList<Estimate> Newest(int some) => _items.GetRange(0, some);
}
