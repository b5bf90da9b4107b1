using System.Globalization;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>How many cells came to what, and the best configuration at each budget.</summary>
internal static class SummarySection
{
    private const int MostLines = 40;

    internal static Markup Of(Results results, Leaderboard board)
    {
        var counts = results.Cells.CountBy(cell => cell.Status).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal);
        var seeds = results.Cells.DistinctBy(cell => cell.Axes["seed"]).Count();
        return Markup.Of($"""
            <p class="counts">{results.Cells.Count} cells, {seeds} seed(s), {board.Rows.Count} configurations: {counts.Select(count => Markup.Of($"<span class=\"status {count.Key}\">{count.Value} {count.Key}</span> "))}</p>
            {board.Columns.Take(1).Select(metric => Best(board, metric))}
            """);
    }

    private static Markup Best(Leaderboard board, MetricColumn metric)
    {
        var lines = board.Rows
            .Where(row => row.Values(metric).Count > 0)
            .GroupBy(row => (Dataset: row.Axis("dataset"), Task: row.Axis("task"), Nfe: row.Axis("nfe")))
            .Select(group => group.MinBy(row => metric.Sign * row.Values(metric).Average())!)
            .Take(MostLines);
        return Markup.Of($"""
            <div class="scroll" role="region" aria-label="Best configurations" tabindex="0"><table>
            <caption>The best {metric.Header} at each budget ({(metric.Sign < 0 ? "higher" : "lower")} is better)</caption>
            <thead><tr><th scope="col">dataset</th><th scope="col">task</th><th scope="col">NFE</th><th scope="col">method</th><th scope="col">sampler</th><th scope="col">steps</th><th scope="col">{metric.Header}</th><th scope="col">seeds</th></tr></thead>
            <tbody>{lines.Select(row => Line(row, metric))}</tbody>
            </table></div>
            """);
    }

    private static Markup Line(LeaderboardRow row, MetricColumn metric)
    {
        var method = row.Axis("correction") == "none" ? row.Axis("method") : $"{row.Axis("method")} + {row.Axis("correction")}";
        var values = row.Values(metric);
        return Markup.Of(
            $"<tr><td>{row.Axis("dataset")}</td><td>{row.Axis("task")}</td><td class=\"number\">{row.Axis("nfe")}</td><td>{method}</td><td>{row.Axis("sampler")}</td><td class=\"number\">{row.Axis("steps")}</td><td class=\"number\">{values.Average().ToString("G5", CultureInfo.InvariantCulture)}</td><td class=\"number\">{values.Count}</td></tr>\n");
    }
}
