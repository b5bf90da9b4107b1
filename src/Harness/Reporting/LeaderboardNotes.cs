namespace Dfx.Harness.Reporting;

/// <summary>What stands below a leaderboard: how its numbers are to be read, and what stands behind them.</summary>
internal static class LeaderboardNotes
{
    internal static IReadOnlyList<string> Of(Leaderboard board, IReadOnlyList<LeaderboardRow> rows, IReadOnlyList<MetricColumn> columns, int most) =>
    [
        Scale.Of(rows),
        "± is half of Student's 95 % interval over seeds. A number without it has one seed: nothing follows from it about other seeds.",
        $"Δ is the difference to {board.Results.Baseline} without a correction, all else equal, paired by seeds.",
        "Bold: the best of its block, where its interval has no point in common with that of the next.",
        .. columns.Select(Protocol),
        .. Beyond(rows),
        .. States(rows),
        .. Cut(board, most),
    ];

    internal static string Protocol(MetricColumn column)
    {
        var details = string.Join(", ", column.Details.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}"));
        return $"{column.Header}: {(column.Sign > 0 ? "lower" : "higher")} is better; protocol {Leaderboard.Short(column.Protocol)}{(details.Length > 0 ? $" ({details})" : "")}.";
    }

    private static IEnumerable<string> Beyond(IEnumerable<LeaderboardRow> rows) => rows.Any(row => row.BeyondSteps is not null)
        ? ["Beyond T: the budget goes beyond the T noise levels that the model was trained on; the sampler looked at more of them, or left the rest of the budget (nfe-used). Do not compare such rows with models of more steps as if they were alike."]
        : [];

    /// <summary>What is wrong with cells, most frequent first, each with how many have it.</summary>
    private static IEnumerable<string> States(IEnumerable<LeaderboardRow> rows) => rows
        .SelectMany(row => row.Cells)
        .Where(cell => cell.Status != "ok")
        .GroupBy(cell => (cell.Status, cell.Message))
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Status, StringComparer.Ordinal).ThenBy(group => group.Key.Message, StringComparer.Ordinal)
        .Take(20)
        .Select(group => $"{group.Count()} {group.Key.Status}{(group.Key.Message is { } message ? $": {FirstLine(message)}" : "")}");

    private static string FirstLine(string message) => message.ReplaceLineEndings("\n").Split('\n')[0];

    private static IEnumerable<string> Cut(Leaderboard board, int most) => board.Rows.Count <= most
        ? []
        : [$"Only the first {CsvFile.Text(most)} of {CsvFile.Text(board.Rows.Count)} rows are shown; leaderboard.csv has all of them."];
}
