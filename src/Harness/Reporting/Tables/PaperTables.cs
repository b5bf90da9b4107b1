using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Fills a definition with the numbers of a leaderboard.</summary>
internal static class PaperTables
{
    /// <summary>One table for each value of the definition's axes that was found; one without measured numbers if none was.</summary>
    internal static IReadOnlyList<PaperTable> Of(TableDefinition definition, PublishedRows published, Leaderboard board)
    {
        var (rows, columns) = (TableLeaf.Of(definition.Rows), TableLeaf.Of(definition.Columns));
        var slices = Slices(definition, rows, columns, board);
        return slices.Count > 0
            ? [.. slices.Select(slice => One(definition, published, new(board, slice.Rows), rows, columns, slice.Axes))]
            : [One(definition, published, new(board, board.Rows), rows, columns, new Dictionary<string, string>())];
    }

    private static PaperTable One(
        TableDefinition definition, PublishedRows published, Finder finder, IReadOnlyList<TableLeaf> rows, IReadOnlyList<TableLeaf> columns, IReadOnlyDictionary<string, string> slice)
    {
        var metrics = columns.Select(column => Metrics(definition, finder, rows, column)).ToList();
        return new(definition, slice, columns, [.. rows.Select(row => new PaperRow(row, [.. columns.Select((column, i) => Cell(definition, published, finder, row, column, metrics[i]))]))]);
    }

    /// <summary>The metric of each number of a column, for rows that agree on what they ask for.</summary>
    private static Dictionary<string, MetricColumn?> Metrics(TableDefinition definition, Finder finder, IReadOnlyList<TableLeaf> rows, TableLeaf column) => rows
        .SelectMany(row => Parts(definition, row, column))
        .Where(part => part.Metric is not null)
        .GroupBy(Words)
        .ToDictionary(group => group.Key, group => finder.Metric(group), StringComparer.Ordinal);

    private static string Words(Query part) => string.Join(' ', part.Metric ?? []);

    private static PaperCell Cell(
        TableDefinition definition, PublishedRows published, Finder finder, TableLeaf row, TableLeaf column, Dictionary<string, MetricColumn?> metrics)
    {
        var parts = Parts(definition, row, column).Select(part => new PaperPart(
            Published(part, published),
            part.Cells is null ? null : finder.Find(part, metrics.GetValueOrDefault(Words(part)))));
        return new([.. parts], column.Format ?? row.Format);
    }

    /// <summary>What the numbers are that stand where a row and a column meet. A row that names no cells is one of published numbers alone.</summary>
    private static IEnumerable<Query> Parts(TableDefinition definition, TableLeaf row, TableLeaf column)
    {
        var query = definition.Query.With(row.Query).With(column.Query);
        query = row.Query.Cells is null ? query with { Cells = null } : query;
        var values = column.Values.Count > 0 ? column.Values : row.Values;
        return values.Count == 0 ? [query] : values.Select(value => query.With(row.Query.Cells is null ? value with { Cells = null } : value));
    }

    private static string Published(Query part, PublishedRows published)
    {
        if (part.Published is null)
        {
            return "";
        }

        var text = One(published.Find(part.Published));
        var less = part.Less?.Published is { } other ? One(published.Find(part.Published.With(other))) : null;
        return less is null ? text : Subtracted(text, less);
    }

    private static string One(IReadOnlyList<string> found) => found switch { [] => "", [var one] => one, _ => $"{found.Count} fit" };

    /// <summary>A difference of printed numbers, with as many decimals as they have.</summary>
    private static string Subtracted(string text, string less) =>
        decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var a) && decimal.TryParse(less, System.Globalization.CultureInfo.InvariantCulture, out var b)
            ? (a - b).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : "";

    /// <summary>The configurations that differ in no axis that gives each value a table; those alone of which a query means some.</summary>
    private static List<(Dictionary<string, string> Axes, IReadOnlyList<LeaderboardRow> Rows)> Slices(
        TableDefinition definition, IReadOnlyList<TableLeaf> rows, IReadOnlyList<TableLeaf> columns, Leaderboard board)
    {
        var everything = new Finder(board);
        var queries = rows.SelectMany(row => columns.SelectMany(column => Parts(definition, row, column))).Select(part => part.Cells).OfType<CellQuery>();
        var meant = queries.SelectMany(everything.Rows).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return [.. board.Rows
            .GroupBy(row => string.Join('\u001f', definition.Each.Select(row.Axis)), StringComparer.Ordinal)
            .Where(slice => slice.Any(meant.Contains))
            .OrderBy(slice => slice.Key, StringComparer.Ordinal)
            .Select(slice => (definition.Each.ToDictionary(axis => axis, slice.First().Axis, StringComparer.Ordinal), (IReadOnlyList<LeaderboardRow>)[.. slice]))];
    }
}
