using System.Globalization;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>What a training evaluated, frozen sources and teachers included.</summary>
/// <param name="Evaluations">Images that went through a main network and back.</param>
/// <param name="MultiplyAdds">Multiplications with addition: an evaluation counts once, one with its backward pass three times; null if a network's are not known.</param>
internal sealed record TrainingCost(Int128 Evaluations, Int128? MultiplyAdds)
{
    private const string Unknown = "?";
    private const int WithBackward = 3;

    internal static TrainingCost None { get; } = new(0, 0);

    internal TrainingCost Plus(TrainingCost other) => new(Evaluations + other.Evaluations, MultiplyAdds + other.MultiplyAdds);

    internal TrainingCost Plus(NetworkCall call) => new(
        Evaluations + (call is { Trains: true, Owner: not NetworkOwner.Source, Network.Role: NetworkRole.Main } ? call.Rows : 0),
        MultiplyAdds + (call.Rows * (call.Trains ? WithBackward : 1) * (Int128?)call.Network.MultiplyAdds));

    /// <summary>The cost if it is all of it: null where a learned network of the method's own does not report.</summary>
    /// <param name="networks">The networks of what was trained.</param>
    /// <param name="source">Those among them that it builds on.</param>
    internal TrainingCost? Whole(IEnumerable<NetworkCard> networks, IReadOnlyList<NetworkCard>? source) =>
        networks.All(n => n.Reports || n.Parameters == 0 || source?.Any(n.IsSameNetwork) == true) ? this : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Evaluations} {(MultiplyAdds is { } all ? all : Unknown)}");

    internal static TrainingCost? Parse(string? text) => text?.Split(' ') is [var evaluations, var multiplyAdds]
        ? new(Int128.Parse(evaluations, CultureInfo.InvariantCulture), multiplyAdds == Unknown ? null : Int128.Parse(multiplyAdds, CultureInfo.InvariantCulture))
        : null;
}

/// <summary>
/// Sums what a training evaluates, across interruptions. What jobs share is counted apart: whoever uses it has its cost, whoever made it, and once.
/// </summary>
internal sealed class TrainingTally
{
    private readonly SortedDictionary<string, TrainingCost> _shared = new(StringComparer.Ordinal);
    private TrainingCost _own = TrainingCost.None;

    internal TrainingCost Total => _shared.Values.Aggregate(_own, (sum, cost) => sum.Plus(cost));

    /// <summary>What a state remembers.</summary>
    internal string Text => string.Join('\n', _shared.Select(shared => $"{shared.Key} {shared.Value}").Prepend(_own.ToString()));

    internal void Count(NetworkCall call) => _own = _own.Plus(call);

    /// <summary>Makes something to be shared; its cost is not the training's own.</summary>
    internal (T Made, TrainingCost Cost) Apart<T>(Func<T> make)
    {
        var before = _own;
        _own = TrainingCost.None;
        try
        {
            var made = make();
            return (made, _own);
        }
        finally
        {
            _own = before;
        }
    }

    /// <summary>Counts the cost of something shared.</summary>
    /// <param name="name">What it is; a word.</param>
    /// <param name="cost">What it cost who made it; null if nobody knows.</param>
    internal void Use(string name, TrainingCost? cost) => _shared[name] = cost ?? new(0, null);

    /// <summary>Goes back to what a state remembers; what this process did before it read the state is a part of that.</summary>
    internal void Restore(string? text)
    {
        var lines = text?.Split('\n') ?? [];
        _own = TrainingCost.Parse(lines.FirstOrDefault()) ?? new(0, null);
        foreach (var line in lines.Skip(1).Select(line => line.Split(' ', 2)))
        {
            Use(line[0], TrainingCost.Parse(line[1]));
        }
    }
}
