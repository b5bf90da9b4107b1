namespace Dfx.Harness.Reporting.Tables;

/// <summary>A paper's table for spreadsheets: one row a number, with all that stands behind it.</summary>
internal static class PaperTableCsv
{
    private static readonly string[] s_axes = ["dataset", "task", "method", "correction", "sampler", "nfe", "steps", "batch", "samples", "precision", "device", "network"];

    internal static IReadOnlyList<string> Header { get; } =
    [
        "table", "row", "column", "part", "published", "measured", "low", "high", "seeds", "metric", "protocol", "status",
        .. s_axes.Select(axis => $"measured-{axis}"),
    ];

    internal static IEnumerable<IEnumerable<string>> Rows(PaperTable table) =>
        from row in table.Rows
        from column in Enumerable.Range(0, table.Columns.Count)
        from part in Enumerable.Range(0, row.Cells[column].Parts.Count)
        select Row(table, row, column, part);

    private static IEnumerable<string> Row(PaperTable table, PaperRow row, int column, int index)
    {
        var part = row.Cells[column].Parts[index];
        var measured = part.Measured;
        return
        [
            table.Definition.Id, string.Join(" / ", row.Leaf.Titles), string.Join(" / ", table.Columns[column].Titles), CsvFile.Text(index + 1), part.Published,
            CsvFile.Text(measured?.Value?.Mean), CsvFile.Text(measured?.Value?.Interval?.Low), CsvFile.Text(measured?.Value?.Interval?.High),
            CsvFile.Text(measured?.Value?.Count), measured?.Column?.Name ?? "", measured?.Column?.Protocol ?? "",
            measured is null ? "" : measured.Problem ?? "ok",
            .. s_axes.Select(axis => measured?.Row?.Axis(axis) ?? ""),
        ];
    }
}
