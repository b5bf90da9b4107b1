using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>How many cells came to what, and the best mean at each budget.</summary>
internal static class SummarySection
{
    private const int MostLines = 40;

    internal static Markup Counts(Results results, Leaderboard board)
    {
        var counts = results.Cells.CountBy(cell => cell.Status).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal);
        var seeds = results.Cells.DistinctBy(cell => cell.Axes["seed"]).Count();
        return Markup.Of($"""
            <p class="counts">{results.Cells.Count} cells, {seeds} seed(s), {board.Rows.Count} configurations: {counts.Select(count => Markup.Of($"<span class=\"status {count.Key}\">{count.Value} {count.Key}</span> "))}</p>

            """);
    }

    /// <summary>The best mean of the first metric at each budget.</summary>
    internal static Markup Best(Leaderboard board) => Markup.Join(board.Columns.Take(1).Select(metric => Best(board, metric)));

    private static Markup Best(Leaderboard board, MetricColumn metric)
    {
        return Markup.Of($"""
            <div class="scroll" role="region" aria-label="Best means" tabindex="0"><table>
            <caption>The {(metric.Sign < 0 ? "highest" : "lowest")} mean {metric.Header} at each budget, and whether its interval has no point in common with that of the next of as many steps</caption>
            <thead><tr><th scope="col">dataset</th><th scope="col">task</th><th scope="col">NFE</th><th scope="col">method</th><th scope="col">sampler</th><th scope="col">steps</th><th scope="col">{metric.Header}</th><th scope="col">seeds</th><th scope="col">apart</th></tr></thead>
            <tbody>{BudgetLeader.Of(board, metric).Take(MostLines).Select(leader => Line(leader, metric))}</tbody>
            </table></div>
            """);
    }

    private static Markup Line(BudgetLeader leader, MetricColumn metric)
    {
        var row = leader.Row;
        return Markup.Of(
            $"<tr><td>{row.Axis("dataset")}</td><td>{row.Axis("task")}</td><td class=\"number\">{row.Axis("nfe")}</td><td>{leader.Method}</td><td>{row.Axis("sampler")}</td><td class=\"number\">{row.Axis("steps")}</td><td class=\"number\">{Digits.Of(row.Estimate(metric))}</td><td class=\"number\">{row.Values(metric).Count}</td><td>{(leader.IsApart ? "yes" : "no")}</td></tr>\n");
    }
}
