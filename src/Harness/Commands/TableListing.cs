using System.Text.Json;
using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx list tables</c>: the papers' tables that plugins bring, and with a results folder how much of each has been measured.</summary>
internal static class TableListing
{
    internal const string Noun = "tables";

    private static readonly string[] s_header = ["id", "measured", "of", "on", "title", "paper"];

    internal static int Run(TextWriter output, string format, IReadOnlyList<string> folders, string? results)
    {
        var rows = results is null ? Plain(folders) : Measured(OpenResults.Open(results, Console.Error));
        output.Write(Render([.. rows], format));
        return 0;
    }

    private static IEnumerable<string[]> Plain(IReadOnlyList<string> folders)
    {
        var own = PluginFolders.Of(PluginCatalog.Discover(folders.Count > 0 ? folders : PluginFolders.Default(), []));
        var definitions = DefinitionSet.Read(own, own);
        OpenResults.Complain(definitions.Problems, Console.Error);
        return definitions.Tables.Select(t => (string[])[t.Definition.Id, "", "", "", t.Definition.Title, t.Definition.Paper]);
    }

    private static IEnumerable<string[]> Measured(OpenResults opened) =>
        from table in opened.Definitions.Tables
        from filled in PaperTables.Of(table.Definition, table.Published, opened.Board)
        let coverage = filled.Coverage
        select (string[])
        [
            table.Definition.Id, CsvFile.Text(coverage.Measured), CsvFile.Text(coverage.All), string.Join(", ", filled.Slice.Values), table.Definition.Title,
            table.Definition.Paper,
        ];

    private static string Render(List<string[]> rows, string format) => format switch
    {
        "csv" => CsvFile.Render(s_header, rows),
        "json" => JsonSerializer.Serialize(rows.Select(row => s_header.Zip(row).ToDictionary(p => p.First, p => p.Second)), Indented) + "\n",
        _ => Aligned(rows),
    };

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    private static string Aligned(List<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return "tables\n  none\n";
        }

        var widths = Enumerable.Range(0, s_header.Length).Select(i => rows.Append(s_header).Max(row => row[i].Length)).ToArray();
        return "tables\n" + string.Concat(rows.Prepend(s_header).Select(row => "  " + string.Join("  ", row.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd() + "\n"));
    }
}
