namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>Tables as papers have them.</summary>
internal static class TableSection
{
    internal static Markup Of(IReadOnlyList<PaperTable> tables) => Markup.Join(tables.Select(Table));

    private static Markup Table(PaperTable table) => Markup.Of($"""
        <h3 id="table-{table.Id}">{table.Title}</h3>
        <div class="scroll" role="region" aria-label="Table: {table.Title}" tabindex="0"><table>
        <caption>{table.Caption}</caption>
        <thead><tr>{table.Columns.Select(column => Markup.Of($"<th scope=\"col\">{column}</th>"))}</tr></thead>
        <tbody>{table.Rows.Select(Row)}</tbody>
        </table></div>

        """);

    private static Markup Row(IReadOnlyList<string> row) =>
        Markup.Of($"<tr>{row.Select((text, i) => i == 0 ? Markup.Of($"<th scope=\"row\">{text}</th>") : Markup.Of($"<td class=\"number\">{text}</td>"))}</tr>\n");
}
