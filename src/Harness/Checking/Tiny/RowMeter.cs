using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>Counts the images that networks are trained with: those of every call in training mode.</summary>
internal sealed class RowMeter : IEvaluationMeter
{
    // A network may report by several cards, as for patches of several sizes.
    private readonly List<(NetworkCard Network, long Rows)> _rows = [];

    /// <summary>The most images of one call.</summary>
    internal long Largest { get; private set; }

    /// <summary>All images of each network.</summary>
    internal IReadOnlyList<long> Totals => [.. _rows.Select(r => r.Rows)];

    public void Count(NetworkCard network, long rows, bool trains)
    {
        if (trains)
        {
            var place = _rows.FindIndex(r => r.Network.IsSameNetwork(network));
            if (place < 0)
            {
                place = _rows.Count;
                _rows.Add((network, 0));
            }

            _rows[place] = (network, _rows[place].Rows + rows);
            Largest = Math.Max(Largest, rows);
        }
    }
}
