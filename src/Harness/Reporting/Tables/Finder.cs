using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Finds measured numbers in a leaderboard.</summary>
/// <param name="board">The leaderboard.</param>
/// <param name="among">The configurations that it looks among.</param>
internal sealed class Finder(Leaderboard board, IReadOnlyList<LeaderboardRow> among)
{
    internal const string Nothing = "not in the matrix";

    /// <summary>Finds among all configurations.</summary>
    internal Finder(Leaderboard board)
        : this(board, board.Rows)
    {
    }

    /// <summary>The configurations that a query means.</summary>
    internal IReadOnlyList<LeaderboardRow> Rows(CellQuery query)
    {
        var matches = query.Matcher(board.Results.Labels);
        return [.. among.Where(row => matches(row.Axis))];
    }

    /// <summary>
    /// The metric of a table's column: of the first pattern that was measured, the one that most configurations have, so that a column never
    /// mixes two protocols.
    /// </summary>
    internal MetricColumn? Metric(IEnumerable<Query> queries)
    {
        var all = queries.Where(q => q is { Cells: not null, Metric: not null }).ToList();
        var rows = all.SelectMany(q => Rows(q.Cells!)).Distinct(ReferenceEqualityComparer.Instance).Cast<LeaderboardRow>().ToList();
        return all.SelectMany(q => q.Metric!).Distinct()
            .Select(pattern => board.Columns.Where(c => Glob.Matches(pattern, c.Name)).MaxBy(c => rows.Count(row => row.Has(c))))
            .FirstOrDefault(column => column is not null && rows.Any(row => row.Has(column)));
    }

    /// <summary>
    /// The number, of the one configuration that the query's preferences leave. They choose among all that have any result, whichever number is asked
    /// for, so that the columns of a row show one configuration.
    /// </summary>
    internal Measurement Find(Query query, MetricColumn? column) => Find(query, column, Rows(query.Cells!));

    private Measurement Find(Query query, MetricColumn? column, IReadOnlyList<LeaderboardRow> rows)
    {
        var measured = rows.Where(row => row.Measured.Count > 0).ToList();
        var left = Preferences(query).Aggregate(measured, (some, preference) => preference.Of(some, board.Results.Labels));
        return (rows.Count, left) switch
        {
            (0, _) => new(null, null, null, Nothing),
            (_, []) => new(null, null, null, string.Join("; ", rows.Select(r => r.Status).Distinct())),
            (_, [var row]) => Value(row, query, column) is { } value
                ? Less(query, column, new(row, query.Metric is null ? null : column, value, null))
                : new(null, null, null, row.Status == "ok" ? "no such metric" : row.Status),
            _ => new(null, null, null, $"{left.Count} configurations fit"),
        };
    }

    private static IEnumerable<Preference> Preferences(Query query) => Preference.Always.Concat(query.Choose);

    private Measurement Less(Query query, MetricColumn? column, Measurement measured)
    {
        if (query.Less is null)
        {
            return measured;
        }

        var cells = query.Less.Cells ?? CellQuery.All;
        var kept = Preferences(query).Where(p => p.By.Option is null && !cells.Mentions(p.By.Axis)).Select(p => p.By.Axis).ToList();
        var rows = Rows(query.Cells!.With(cells)).Where(row => kept.TrueForAll(axis => row.Axis(axis) == measured.Row!.Axis(axis)));
        var other = Find(query with { Less = null }, column, [.. rows]);
        var difference = other.Row is null || column is null ? null : Estimate.Of(measured.Row!.Differences(other.Row, column));
        return measured with { Value = difference, Problem = difference is null ? other.Problem ?? "no seed in common" : null };
    }

    private static Estimate? Value(LeaderboardRow row, Query query, MetricColumn? column) => query switch
    {
        { Value: { } kind } => MeasuredKinds.Of(kind, row) is { } mean ? new(row.Measured.Count, mean, null, null) : null,
        _ => column is null ? null : row.Estimate(column),
    };
}
