using System.Globalization;

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>The numbers that a paper prints: a CSV file whose columns are explained in docs/tables.md.</summary>
internal sealed class PublishedRows
{
    private const string Value = "value";

    private readonly IReadOnlyList<IReadOnlyDictionary<string, string>> _rows;

    private PublishedRows(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, string? problem) => (_rows, Problem) = (rows, problem);

    internal static PublishedRows None { get; } = new([], null);

    internal int Count => _rows.Count;

    /// <summary>What is wrong with the file, with its name; null if nothing is.</summary>
    internal string? Problem { get; }

    /// <summary>Reads a file; one that is not there, or is no table, has no rows, and rows of another length than the header's are left out.</summary>
    internal static PublishedRows Read(string path)
    {
        var table = CsvTable.Read(path);
        return new(
            [.. table.Rows.Select(row => table.Header.Zip(row).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))],
            table.Problem is { } problem ? $"{path}: {problem}; such rows are left out" : null);
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
