using System.Globalization;

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>The numbers that a paper prints: a CSV file whose columns are explained in docs/tables.md.</summary>
internal sealed class PublishedRows
{
    private const string Value = "value";

    private readonly IReadOnlyList<IReadOnlyDictionary<string, string>> _rows;

    private PublishedRows(IReadOnlyList<IReadOnlyDictionary<string, string>> rows) => _rows = rows;

    internal static PublishedRows None { get; } = new([]);

    internal int Count => _rows.Count;

    /// <summary>Reads a file; one that is not there, or is no table, has no rows.</summary>
    internal static PublishedRows Read(string path)
    {
        var rows = CsvTable.Read(path);
        return rows.Count == 0
            ? None
            : new([.. rows.Skip(1).Where(row => row.Count == rows[0].Count).Select(row => rows[0].Zip(row).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))]);
    }

    /// <summary>The texts of the numbers that a query means: one, if the query is a good one.</summary>
    internal IReadOnlyList<string> Find(PublishedQuery query) =>
        [.. _rows.Where(row => query.Where.All(w => row.TryGetValue(w.Key, out var value) && Glob.Matches(w.Value, value))).Select(row => Text(row, query))];

    private static string Text(IReadOnlyDictionary<string, string> row, PublishedQuery query)
    {
        var text = row.GetValueOrDefault(query.Read ?? Value, "");
        return query.Minus is { } minus && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? CsvFile.Text(number - minus) : text;
    }
}
