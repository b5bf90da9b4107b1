using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>The forms of a paper's tables.</summary>
internal static class TableText
{
    internal static string Markdown(IEnumerable<PaperTable> tables, Results results) =>
        string.Join('\n', tables.Select(table => MarkdownGrid.Render(PaperTableGrid.Of(table, results))));

    internal static string Latex(IEnumerable<PaperTable> tables, Results results) =>
        string.Join('\n', tables.Select(table => LatexGrid.Render(PaperTableGrid.Of(table, results))));

    internal static string Csv(IEnumerable<PaperTable> tables) => CsvFile.Render(PaperTableCsv.Header, tables.SelectMany(PaperTableCsv.Rows));
}
