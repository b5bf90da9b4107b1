using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting;

/// <summary>A leaderboard as people read it: one grid a dataset and task, with a heading for each budget and training length.</summary>
internal static class LeaderboardGrid
{
    private static readonly string[] s_shown = ["method", "correction", "sampler", "ema", "network"];

    /// <summary>The grids.</summary>
    /// <param name="board">The leaderboard.</param>
    /// <param name="most">How many rows are shown; more are for spreadsheets.</param>
    internal static IReadOnlyList<Grid> Of(Leaderboard board, int most) =>
        [.. board.Rows.Take(most).ChunkBy(row => (row.Axis("dataset"), row.Axis("task"))).Select(rows => One(board, rows, most))];

    private static Grid One(Leaderboard board, IReadOnlyList<LeaderboardRow> rows, int most)
    {
        var columns = board.Columns.Where(column => rows.Any(row => row.Has(column))).ToList();
        var axes = s_shown.Where(axis => axis == "method" || rows.Select(row => row.Axis(axis)).Distinct().Skip(1).Any()).ToList();
        var header = Header(axes, columns, board.Results.Baseline ?? "");
        return new()
        {
            Title = $"{board.Results.Matrix}: {rows[0].Axis("dataset")}, {rows[0].Axis("task")}",
            Header = [header],
            Rows = [.. rows.ChunkBy(row => (row.Axis("nfe"), row.Axis("steps"), row.Axis("evaluations"))).SelectMany(block => Block(board, block, axes, columns))],
            Notes = LeaderboardNotes.Of(board, rows, columns, most),
        };
    }

    private static List<GridCell> Header(IEnumerable<string> axes, IEnumerable<MetricColumn> columns, string baseline) =>
    [
        .. axes.Select(axis => new GridCell(axis)),
        .. columns.SelectMany(c => (GridCell[])[GridCell.Number(Arrow(c)), GridCell.Number($"Δ {baseline}")]),
        GridCell.Number("seeds"), new("status"),
    ];

    private static string Arrow(MetricColumn column) => $"{column.Header} {(column.Sign > 0 ? '↓' : '↑')}";

    private static IEnumerable<IReadOnlyList<GridCell>> Block(
        Leaderboard board, IReadOnlyList<LeaderboardRow> rows, List<string> axes, List<MetricColumn> columns)
    {
        var width = axes.Count + (2 * columns.Count) + 2;
        yield return [new($"NFE {rows[0].Axis("nfe")}, {Length(rows[0])}") { Span = width, Bold = true }];
        var best = columns.ToDictionary(column => column, column => Best.Of(rows, column));
        foreach (var row in rows)
        {
            yield return
            [
                .. axes.Select(axis => new GridCell(row.Axis(axis))),
                .. columns.SelectMany(column => Metric(board, row, column, ReferenceEquals(best[column], row))),
                GridCell.Number(CsvFile.Text(row.Measured.Count)), new(row.BeyondSteps is { } trained ? $"{row.Status}, beyond T = {CsvFile.Text(trained)}" : row.Status),
            ];
        }
    }

    private static string Length(LeaderboardRow row) =>
        row.Axis("evaluations") is { Length: > 0 } evaluations ? $"{evaluations} training evaluations" : $"{row.Axis("steps")} steps";

    private static GridCell[] Metric(Leaderboard board, LeaderboardRow row, MetricColumn column, bool isBest)
    {
        var difference = board.BaselineOf(row) is { } baseline ? Estimate.Of(row.Differences(baseline, column)) : null;
        return [GridCell.Number(Digits.Of(row.Estimate(column))) with { Bold = isBest }, GridCell.Number(Digits.Of(difference, signed: true))];
    }
}
