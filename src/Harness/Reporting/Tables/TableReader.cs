using Dfx.Harness.Matrix;
using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Reads a table's definition. The format is explained in docs/tables.md.</summary>
internal static class TableReader
{
    private const string Dataset = "dataset";
    private const int LongestName = 100;

    /// <exception cref="UsageException">Something in it is unknown, missing or out of range; the message names file, line and column.</exception>
    internal static TableDefinition Read(string path)
    {
        var root = YamlFile.Read(path, "the table");
        var map = root.Map();
        var table = new TableDefinition
        {
            Id = FileName(map.Get("id")),
            Title = map.Get("title").Text(),
            Paper = map.Get("paper").Text(),
            Published = map.Find("source") is { } source ? FileName(source) : null,
            PublishedPlace = map.Find("source")?.Place,
            Query = QueryReader.Read(map),
            Each = map.Read("each", [Dataset], Each),
            Columns = Entries(map.Get("columns"), "columns"),
            Rows = Entries(map.Get("rows"), "rows"),
            Notes = map.Read("notes", (IReadOnlyList<string>)[], QueryReader.Words),
        };
        map.Finish();
        return table;
    }

    private static string FileName(YamlValue value)
    {
        var name = value.Text();
        return name.Length <= LongestName && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw value.Wrong($"at most {LongestName} letters, digits, '-', '_' and '.', the first a letter or digit, for it names a file");
    }

    private static IReadOnlyList<string> Each(YamlValue value)
    {
        var axes = value.Items().Select(item => QueryReader.Axis(item.Text(), item)).ToList();
        return axes.Distinct(StringComparer.Ordinal).Count() == axes.Count ? axes : throw value.Wrong("coordinates that differ");
    }

    private static List<TableEntry> Entries(YamlValue list, string children)
    {
        var entries = list.Items().Select(item => Entry(item, children)).ToList();
        return entries.Count > 0 ? entries : throw list.Wrong("at least one entry");
    }

    private static TableEntry Entry(YamlValue value, string children)
    {
        var map = value.Map();
        var entry = new TableEntry
        {
            Title = map.Get("title").Text(),
            Query = QueryReader.Read(map),
            Entries = map.Find(children) is { } list ? Entries(list, children) : [],
            Values = map.Find("values") is { } values ? [.. values.Items().Select(Value)] : [],
            Format = map.Find("format")?.Text(),
        };
        map.Finish();
        return entry;
    }

    private static Query Value(YamlValue value)
    {
        var map = value.Map();
        var query = QueryReader.Read(map);
        map.Finish();
        return query;
    }
}
