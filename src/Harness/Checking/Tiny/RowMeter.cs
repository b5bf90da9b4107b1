using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>Counts the images that networks are trained with: those of every call in training mode.</summary>
internal sealed class RowMeter : IEvaluationMeter
{
    private readonly Dictionary<NetworkCard, long> _rows = new(ReferenceEqualityComparer.Instance);

    /// <summary>The most images of one call.</summary>
    internal long Largest { get; private set; }

    /// <summary>All images of each network.</summary>
    internal IReadOnlyCollection<long> Totals => _rows.Values;

    public void Count(NetworkCard network, long rows, bool trains)
    {
        if (trains)
        {
            _rows[network] = _rows.GetValueOrDefault(network) + rows;
            Largest = Math.Max(Largest, rows);
        }
    }
}
