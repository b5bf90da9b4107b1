using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>A grid as HTML.</summary>
internal static class GridMarkup
{
    /// <summary>The table with its notes below it, in a region that scrolls sideways by itself.</summary>
    internal static Markup Of(Grid grid) => Markup.Of($"""
        <div class="scroll" role="region" aria-label="Table: {grid.Title}" tabindex="0"><table>
        <thead>{grid.Header.Select(row => Markup.Of($"<tr>{row.Select(Head)}</tr>"))}</thead>
        <tbody>{grid.Rows.Select(row => Row(row, grid.Columns))}</tbody>
        </table></div>
        <ul class="notes">{grid.Notes.Select(note => Markup.Of($"<li>{note}</li>"))}</ul>

        """);

    // An empty head says nothing to those who hear the table.
    private static Markup Head(GridCell cell) => cell.Text.Length == 0
        ? Markup.Of($"<td{Span(cell)}></td>")
        : Markup.Of($"<th scope=\"{new Markup(cell.Span > 1 ? "colgroup" : "col")}\"{Span(cell)}>{cell.Text}</th>");

    private static Markup Row(IReadOnlyList<GridCell> row, int columns) => row is [{ } heading] && heading.Span == columns && columns > 1
        ? Markup.Of($"<tr><th scope=\"rowgroup\"{Span(heading)}>{heading.Text}</th></tr>\n")
        : Markup.Of($"<tr><th scope=\"row\">{row[0].Text}</th>{row.Skip(1).Select(Cell)}</tr>\n");

    private static Markup Cell(GridCell cell)
    {
        var text = cell.Bold ? Markup.Of($"<strong>{cell.Text}</strong>") : Markup.Of($"{cell.Text}");
        return cell.IsNumber ? Markup.Of($"<td class=\"number\"{Span(cell)}>{text}</td>") : Markup.Of($"<td{Span(cell)}>{text}</td>");
    }

    private static Markup Span(GridCell cell) => cell.Span > 1 ? Markup.Of($" colspan=\"{cell.Span}\"") : Markup.None;
}
