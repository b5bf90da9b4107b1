using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Reporting.Changes;

/// <summary>The changes between two runs, for people and for spreadsheets.</summary>
internal static class ChangesText
{
    private const int MostRows = 2000;

    private static readonly string[] s_shown = ["dataset", "task", "method", "correction", "sampler", "nfe", "steps"];

    internal static IReadOnlyList<string> Header { get; } =
        [.. Leaderboard.Axes, "change", "status-a", "status-b", "metric", "a", "b", "difference", "low", "high", "seeds", "verdict"];

    internal static IEnumerable<IEnumerable<string>> Rows(IEnumerable<Change> changes) => changes.SelectMany(change =>
        change.Metrics.Select(metric => Row(change, metric)).DefaultIfEmpty(Row(change, null)));

    private static IEnumerable<string> Row(Change change, MetricChange? metric) =>
    [
        .. Leaderboard.Axes.Select(change.Row.Axis), change.Kind, change.Before?.Status ?? "", change.After?.Status ?? "", metric?.Column.Header ?? "",
        CsvFile.Text(metric?.Before?.Mean), CsvFile.Text(metric?.After?.Mean), CsvFile.Text(metric?.Difference?.Mean),
        CsvFile.Text(metric?.Difference?.Interval?.Low), CsvFile.Text(metric?.Difference?.Interval?.High), CsvFile.Text(metric?.Difference?.Count),
        metric?.Verdict ?? "",
    ];

    internal static Grid Grid(Leaderboard before, Leaderboard after, IReadOnlyList<Change> changes)
    {
        var shown = changes.Where(change => change.Kind != "same").ToList();
        return new()
        {
            Title = $"From {before.Results.Matrix} to {after.Results.Matrix}",
            Header = [[.. s_shown.Select(axis => new GridCell(axis)), new("change"), new("metric"), GridCell.Number("A"), GridCell.Number("B"), GridCell.Number("B − A"), new("verdict")]],
            Rows = [.. shown.SelectMany(Lines).Take(MostRows)],
            Notes =
            [
                $"{string.Join(", ", changes.CountBy(change => change.Kind).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Value} {c.Key}"))}.",
                "B − A is paired by seeds, with half of Student's 95 % interval; better and worse are said where that does not contain 0.",
                .. shown.Count > MostRows ? (string[])[$"At most {MostRows} rows are shown; --format csv has all of them."] : [],
            ],
        };
    }

    private static IEnumerable<IReadOnlyList<GridCell>> Lines(Change change)
    {
        GridCell[] axes = [.. s_shown.Select(axis => new GridCell(change.Row.Axis(axis))), new(change.Kind == "status" ? $"{change.Before!.Status} → {change.After!.Status}" : change.Kind)];
        return change.Metrics.Count == 0
            ? [[.. axes, new(""), GridCell.Number(""), GridCell.Number(""), GridCell.Number(""), new("")]]
            : change.Metrics.Select(metric => (IReadOnlyList<GridCell>)
            [
                .. axes, new(metric.Column.Header), GridCell.Number(Digits.Of(metric.Before)), GridCell.Number(Digits.Of(metric.After)),
                GridCell.Number(Digits.Of(metric.Difference, signed: true)), new(metric.Verdict),
            ]);
    }
}
