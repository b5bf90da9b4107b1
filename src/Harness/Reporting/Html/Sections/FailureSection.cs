namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>Cells without a result, by what they say.</summary>
internal static class FailureSection
{
    private const int MostGroups = 100;
    private const int MostCells = 10;

    internal static Markup Of(Results results)
    {
        var groups = results.Cells
            .Where(cell => cell.Status != "ok")
            .GroupBy(cell => (cell.Status, Message: cell.Message ?? ""))
            .OrderBy(group => group.Key.Status is "not-applicable" or "missing")
            .ThenByDescending(group => group.Count())
            .ThenBy(group => group.Key.Status, StringComparer.Ordinal).ThenBy(group => group.Key.Message, StringComparer.Ordinal)
            .ToList();
        return groups.Count == 0 ? Markup.None : Markup.Of($"""
            <div class="scroll" role="region" aria-label="Messages" tabindex="0"><table>
            <thead><tr><th scope="col">cells</th><th scope="col">status</th><th scope="col">message</th><th scope="col">which</th></tr></thead>
            <tbody>{groups.Take(MostGroups).Select(group => Row(group.Key.Status, group.Key.Message, [.. group]))}</tbody>
            </table></div>
            {(groups.Count > MostGroups ? Markup.Of($"<p>{groups.Count - MostGroups} more messages are in <code>cells.csv</code>.</p>") : Markup.None)}
            """);
    }

    private static Markup Row(string status, string message, List<CellRow> cells) => Markup.Of($"""
        <tr><td class="number">{cells.Count}</td><td><span class="status {status}">{status}</span></td><td class="message">{message}</td><td><details><summary>cells</summary><ul>{cells.Take(MostCells).Select(Cell)}</ul>{(cells.Count > MostCells ? Markup.Of($"<p>and {cells.Count - MostCells} more</p>") : Markup.None)}</details></td></tr>

        """);

    private static Markup Cell(CellRow cell)
    {
        var axes = string.Join(", ", ((string[])["dataset", "task", "method", "correction", "sampler"]).Select(axis => cell.Axes[axis]).Where(word => word is not ("none" or "generate")));
        var log = cell.Status is "not-applicable" or "missing" or "blocked" ? Markup.None : Markup.Of($" <a href=\"logs/{cell.Key}.log\">log</a>");
        return Markup.Of($"<li>{axes}, NFE {cell.Axes["nfe"]}, seed {cell.Axes["seed"]}{log}</li>");
    }
}
