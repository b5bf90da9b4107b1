using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>A meter that remembers what networks reported.</summary>
internal sealed class Reports : IEvaluationMeter
{
    private readonly List<(NetworkCard Network, long Rows)> _calls = [];

    public void Count(NetworkCard network, long rows, bool trains) => _calls.Add((network, rows));

    /// <summary>One card of each network that reported.</summary>
    internal IReadOnlyList<NetworkCard> Networks =>
        [.. _calls.Select(call => call.Network).Where((card, i) => _calls.FindIndex(call => call.Network.IsSameNetwork(card)) == i)];

    /// <summary>How many images a network reported while something ran.</summary>
    internal long RowsOf(NetworkCard network, Action during)
    {
        var before = _calls.Count;
        during();
        return _calls.Skip(before).Where(call => call.Network.IsSameNetwork(network)).Sum(call => call.Rows);
    }
}
