using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Finds measured numbers in a leaderboard.</summary>
/// <param name="board">The leaderboard.</param>
/// <param name="slice">Coordinates that configurations must have.</param>
/// <param name="choices">Which one counts where several configurations fit.</param>
internal sealed class Finder(Leaderboard board, IReadOnlyDictionary<string, string> slice, IReadOnlyList<Choice> choices)
{
    internal const string Nothing = "not in the matrix";

    /// <summary>The configurations that a query means.</summary>
    internal IReadOnlyList<LeaderboardRow> Rows(CellQuery query)
    {
        var matches = query.Matcher(board.Results.Labels);
        return [.. board.Rows.Where(row => slice.All(s => row.Axis(s.Key) == s.Value) && matches(row.Axis))];
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
            .Select(pattern => board.Columns.Where(c => Glob.Matches(pattern, c.Name)).MaxBy(c => rows.Count(row => row.BySeed(c).Any())))
            .FirstOrDefault(column => column is not null && rows.Any(row => row.BySeed(column).Any()));
    }

    /// <summary>The number, of the one configuration that the choices leave.</summary>
    internal Measurement Find(Query query, MetricColumn? column)
    {
        var rows = Rows(query.Cells!);
        var measured = rows.Where(row => Value(row, query, column) is not null).ToList();
        var left = choices.Aggregate(measured, (some, choice) => choice.Of(some, board.Results.Labels));
        var row = left is [var one] ? one : null;
        return (rows.Count, measured.Count, row) switch
        {
            (0, _, _) => new(null, null, null, Nothing),
            (_, 0, _) => new(null, null, null, string.Join("; ", rows.Select(r => r.Status == "ok" ? "no such metric" : r.Status).Distinct())),
            (_, _, null) => new(null, null, null, $"{left.Count} configurations fit"),
            _ => Less(query, column, new(row, query.Metric is null ? null : column, Value(row, query, column), null)),
        };
    }

    private Measurement Less(Query query, MetricColumn? column, Measurement measured)
    {
        if (query.Less is null)
        {
            return measured;
        }

        var other = Find(query with { Less = null, Cells = query.Cells!.With(query.Less.Cells ?? CellQuery.All) }, column);
        var difference = other.Row is null || column is null ? null : Estimate.Of(measured.Row!.Differences(other.Row, column));
        return measured with { Value = difference, Problem = difference is null ? other.Problem ?? "no seed in common" : null };
    }

    private static Estimate? Value(LeaderboardRow row, Query query, MetricColumn? column) => query switch
    {
        { Value: { } kind } => MeasuredKinds.Of(kind, row) is { } mean ? new(row.Measured.Count(), mean, null, null) : null,
        _ => column is null ? null : row.Estimate(column),
    };
}
