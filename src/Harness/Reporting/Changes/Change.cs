using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Changes;

/// <summary>A configuration in two runs.</summary>
/// <param name="Before">In the first; null if it is new.</param>
/// <param name="After">In the second; null if it is gone.</param>
/// <param name="Metrics">Metrics that both have under one protocol.</param>
internal sealed record Change(LeaderboardRow? Before, LeaderboardRow? After, IReadOnlyList<MetricChange> Metrics)
{
    internal LeaderboardRow Row => After ?? Before!;

    /// <summary>new, gone, same (the very results), status, or changed.</summary>
    internal string Kind => (Before, After) switch
    {
        (null, _) => "new",
        (_, null) => "gone",
        var (a, b) when Keys(a).SequenceEqual(Keys(b)) && a.Status == b.Status && Metrics.All(m => m.Difference is not { Mean: not 0 }) => "same",
        var (a, b) when a.Status != b.Status => "status",
        _ => "changed",
    };

    /// <summary>Every configuration of either run: those of the second in their order, then those that are gone.</summary>
    internal static IReadOnlyList<Change> Between(Leaderboard before, Leaderboard after)
    {
        var old = before.Rows.ToDictionary(Leaderboard.Key, StringComparer.Ordinal);
        var fresh = after.Rows.Select(Leaderboard.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. after.Rows.Select(row => Of(before, after, old.GetValueOrDefault(Leaderboard.Key(row)), row)),
            .. before.Rows.Where(row => !fresh.Contains(Leaderboard.Key(row))).Select(row => new Change(row, null, [])),
        ];
    }

    private static Change Of(Leaderboard before, Leaderboard after, LeaderboardRow? old, LeaderboardRow fresh) => new(old, fresh, old is null
        ? []
        : [.. from column in after.Columns
              where before.Columns.Any(c => c.Name == column.Name && c.Protocol == column.Protocol)
              let metric = new MetricChange(column, old.Estimate(column), fresh.Estimate(column), Estimate.Of(fresh.Differences(old, column)))
              where metric.Before is not null || metric.After is not null
              select metric]);

    private static IEnumerable<string> Keys(LeaderboardRow row) => row.Cells.Select(cell => cell.Key).Order(StringComparer.Ordinal);
}

/// <summary>A metric in two runs.</summary>
internal sealed record MetricChange(MetricColumn Column, Estimate? Before, Estimate? After, Estimate? Difference)
{
    /// <summary>better or worse where the interval says so, otherwise open.</summary>
    internal string Verdict => Difference?.Interval switch
    {
        { High: < 0 } => Column.Sign > 0 ? "better" : "worse",
        { Low: > 0 } => Column.Sign > 0 ? "worse" : "better",
        null when Difference is { Mean: not 0 } => "one seed: no interval",
        _ => Difference is null ? "no seed in common" : "open",
    };
}
