using System.Text;

namespace Dfx.Harness.Reporting.Grids;

/// <summary>A grid as GitHub-flavoured Markdown. That has one header row and no spans: headers above each other are joined.</summary>
internal static class MarkdownGrid
{
    /// <summary>The table under a heading of the given depth.</summary>
    internal static string Render(Grid grid, int depth = 2)
    {
        var text = new StringBuilder();
        text.Append('#', depth).Append(' ').Append(Escape(grid.Title)).Append("\n\n");
        Line(text, Headers(grid).Select(Escape));
        Line(text, Aligned(grid).Select(right => right ? "---:" : "---"));
        foreach (var row in grid.Rows)
        {
            Line(text, row.SelectMany(Cells));
        }

        text.Append('\n');
        foreach (var note in grid.Notes)
        {
            text.Append("- ").Append(Escape(note)).Append('\n');
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static IEnumerable<string> Headers(Grid grid)
    {
        var columns = grid.Header.Select(row => row.SelectMany(cell => Enumerable.Repeat(cell.Text, cell.Span)).ToList()).ToList();
        return Enumerable.Range(0, grid.Columns).Select(i => string.Join(", ", columns.Select(row => row[i]).Where(part => part.Length > 0)));
    }

    /// <summary>Which columns stand at the right, by the last header row.</summary>
    internal static IEnumerable<bool> Aligned(Grid grid) => grid.Header[^1].SelectMany(cell => Enumerable.Repeat(cell.IsNumber, cell.Span));

    private static IEnumerable<string> Cells(GridCell cell)
    {
        var text = Escape(cell.Text);
        return Enumerable.Repeat("", cell.Span - 1).Prepend(cell.Bold && text.Length > 0 ? $"**{text}**" : text);
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in VisibleText.Of(text.ReplaceLineEndings(" ")))
        {
            escaped.Append(c is '|' or '*' or '_' or '`' or '<' or '>' or '\\' or '[' or ']' or '~' or '#' or '&' or '$' ? $"\\{c}" : c.ToString());
        }

        return escaped.ToString();
    }
}
