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
            (_, [var row]) => At(query, column, row),
            _ => new(null, null, null, $"{left.Count} configurations fit"),
        };
    }

    private Measurement At(Query query, MetricColumn? column, LeaderboardRow last)
    {
        var (row, problem) = Reached(query, last);
        return row is null ? new(null, null, null, problem)
            : Value(row, query, column) is { } value ? Less(query, column, new(row, query.Metric is null ? null : column, value, null))
            : new(null, null, null, row.Status == "ok" ? "no such metric" : row.Status);
    }

    private static IEnumerable<Preference> Preferences(Query query) => Preference.Always.Concat(query.Choose);

    private Measurement Less(Query query, MetricColumn? column, Measurement measured)
    {
        if (query.Less is null)
        {
            return measured;
        }

        var other = Find(query with { Less = null }, column, Beside(query, query.Less.Cells ?? CellQuery.All, measured.Row!));
        var difference = other.Row is null || column is null ? null : Estimate.Of(measured.Row!.Differences(other.Row, column));
        return measured with { Value = difference, Problem = difference is null ? other.Problem ?? "no seed in common" : null };
    }

    /// <summary>The configurations that differ from a chosen one in some coordinates; what was chosen of the others is theirs too.</summary>
    private List<LeaderboardRow> Beside(Query query, CellQuery cells, LeaderboardRow chosen)
    {
        var kept = Preferences(query).Where(p => p.By.Option is null && !cells.Mentions(p.By.Axis)).Select(p => p.By.Axis).ToList();
        return [.. Rows(query.Cells!.With(cells)).Where(row => kept.TrueForAll(axis => row.Axis(axis) == chosen.Axis(axis)))];
    }

    /// <summary>The checkpoint that the number is taken from; none, and why, if the training never came so far.</summary>
    private (LeaderboardRow? Row, string? Problem) Reached(Query query, LeaderboardRow last)
    {
        if (query.Reach is not { } reach)
        {
            return (last, null);
        }

        var asked = query with { Reach = null, Less = null, Metric = null, Value = MeasuredKinds.NfeUsed };
        var reference = reach.Cells is null ? new(last, null, null, null) : Find(asked, null, Beside(query, reach.Cells, last));
        var found = new Reaching(board, among);
        return reference.Row is not { } other ? (null, reference.Problem)
            : found.Metric(reach, last, other) is not { } metric ? (null, "no such metric")
            : found.First(last, metric, reach.Cells is null ? null : other.Estimate(metric)!.Mean, reach.Within) is { } row ? (row, null)
            : (null, Reaching.NotReached);
    }

    private static Estimate? Value(LeaderboardRow row, Query query, MetricColumn? column) => query switch
    {
        { Value: { } kind } => MeasuredKinds.Of(kind, row) is { } mean ? new(row.Measured.Count, mean, null, null) : null,
        _ => column is null ? null : row.Estimate(column),
    };
}
