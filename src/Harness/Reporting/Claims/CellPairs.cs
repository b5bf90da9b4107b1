using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>Groups configurations that agree on all that a claim does not speak of.</summary>
/// <param name="board">The leaderboard.</param>
internal sealed class CellPairs(Leaderboard board)
{
    private const string Steps = "steps";
    private const string Evaluations = "evaluations";
    private const string Checkpoint = "checkpoint";

    /// <summary>Training lengths are one thing with three names.</summary>
    private static readonly string[] s_lengths = [Steps, Evaluations, Checkpoint];

    private static readonly string[] s_axes = [.. Leaderboard.Axes, Checkpoint];

    /// <summary>The configurations of a query; of several checkpoints the last one, unless the claim speaks of training lengths.</summary>
    internal IReadOnlyList<LeaderboardRow> Rows(CellQuery query, bool allLengths)
    {
        var rows = new Finder(board).Rows(query);
        return allLengths || s_lengths.Any(query.Mentions)
            ? rows
            : [.. rows.GroupBy(row => Key(row, s_lengths)).Select(group => group.MaxBy(row => Numbers.Of(row.Axis(Steps)))!)];
    }

    /// <summary>Pairs of configurations that differ in nothing but what either query speaks of.</summary>
    internal IEnumerable<(LeaderboardRow Of, LeaderboardRow Than)> Of(ComparisonTest test)
    {
        var free = Free(test.Of.Patterns.Keys.Concat(test.Than.Patterns.Keys)).ToHashSet();
        var others = Rows(test.Cells.With(test.Than), allLengths: false).ToLookup(row => Key(row, free));
        return from row in Rows(test.Cells.With(test.Of), allLengths: false)
               from other in others[Key(row, free)]
               where !ReferenceEquals(row, other) && test.Of.Patterns.Keys.Intersect(test.Than.Patterns.Keys).All(axis => SameOptions(test, axis, row, other))
               select (row, other);
    }

    /// <summary>Where a claim names plugins by id and options, the options that it is silent about are equal too, as far as both have them.</summary>
    private bool SameOptions(ComparisonTest test, string axis, LeaderboardRow row, LeaderboardRow other)
    {
        var (of, than) = (test.Of.Patterns[axis], test.Than.Patterns[axis]);
        if (of.Any is not null || than.Any is not null)
        {
            return true;
        }

        var theirs = board.Results.Labels.Words(axis, other.Axis(axis));
        return board.Results.Labels.Words(axis, row.Axis(axis))
            .Where(word => word.Key != AxisPattern.Id && !of.Options.ContainsKey(word.Key) && !than.Options.ContainsKey(word.Key))
            .All(word => !theirs.TryGetValue(word.Key, out var value) || value == word.Value);
    }

    /// <summary>Series of configurations that differ in one axis alone.</summary>
    internal IEnumerable<IReadOnlyList<LeaderboardRow>> Series(CellQuery query, string along)
    {
        var free = Free([along]).ToHashSet();
        return Rows(query, s_lengths.Contains(along)).GroupBy(row => Key(row, free)).Select(group => group.ToList()).Where(rows => rows.Count > 1);
    }

    /// <summary>What a pair or series has in common, as far as it tells it from the others.</summary>
    internal static string Words(LeaderboardRow row, IEnumerable<string> without) => Common(row, without) + Beyond(row);

    private static string Beyond(LeaderboardRow row) => row.BeyondSteps is { } steps ? $", beyond T = {steps}" : "";

    private static string Common(LeaderboardRow row, IEnumerable<string> without) => string.Join(", ",
        ((string[])["dataset", "task", "method", "correction", "sampler", "nfe", Steps, "ema", "network"]).Except(without)
            .Select(axis => (axis, Value: row.Axis(axis)))
            .Where(a => a.Value.Length > 0 && a is not ("task", "generate") and not ("correction", "none") and not ("ema", "default"))
            .Select(a => a.axis is "nfe" or Steps or "ema" ? $"{a.axis} {a.Value}" : a.Value));

    private static IEnumerable<string> Free(IEnumerable<string> axes) => axes.SelectMany(axis => s_lengths.Contains(axis) ? s_lengths : [axis]);

    private static string Key(LeaderboardRow row, IReadOnlyCollection<string> without) =>
        string.Join('\u001f', s_axes.Where(axis => !without.Contains(axis)).Select(row.Axis));
}
