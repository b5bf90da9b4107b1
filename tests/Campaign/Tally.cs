namespace Dfx.Campaign;

/// <summary>What became of disturbances.</summary>
/// <param name="Attempts">Disturbances: kills, full disks, damaged files and so on.</param>
/// <param name="Lost">What broke a promise without a wrong number: a finished result that had to be computed again, a trace instead of a message, a hang.</param>
/// <param name="Wrong">Numbers or files that are not those of an undisturbed run.</param>
internal sealed record Tally(long Attempts, IReadOnlyList<string> Lost, IReadOnlyList<string> Wrong)
{
    internal static Tally None { get; } = new(0, [], []);

    /// <summary>Disturbances after which all was as if nothing had happened.</summary>
    internal long Survived => Attempts - Math.Min(Attempts, Lost.Count + Wrong.Count);

    public static Tally operator +(Tally a, Tally b) => new(a.Attempts + b.Attempts, [.. a.Lost, .. b.Lost], [.. a.Wrong, .. b.Wrong]);

    /// <summary>So many disturbances, of which nothing remained if there is no word.</summary>
    /// <param name="attempts">How many.</param>
    /// <param name="difference">Where the end differs from that of an undisturbed run; null if it does not.</param>
    /// <param name="lost">Broken promises.</param>
    internal static Tally Of(long attempts, string? difference, params IReadOnlyList<string> lost) => new(attempts, lost, difference is null ? [] : [difference]);
}
