using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting;

/// <summary>
/// <c>leaderboard.csv</c>: one row a configuration; for each metric mean, standard deviation and interval over its seeds, and the difference to
/// the baseline's row. Columns that start with <c>time-</c> differ from run to run.
/// </summary>
internal static class LeaderboardCsv
{
    internal static void Write(string path, Leaderboard board) =>
        CsvFile.Write(path, Header(board.Columns), board.Rows, (lines, row) => lines.Add(Row(board, row)).End());

    private static IEnumerable<string> Header(IEnumerable<MetricColumn> columns) =>
    [
        .. Leaderboard.Axes, "seeds", "status", "nfe-used", "nfe-correction", "nfe-auxiliary", "nfe-equivalent", "multiply-adds", "parameters",
        "training-evaluations", "training-multiply-adds", "beyond-steps", "baseline",
        .. columns.SelectMany(c => Words(c.Header)),
        "time-per-image", "time-latency", "time-train",
    ];

    private static IEnumerable<string> Words(string metric) =>
    [
        $"{metric}-mean", $"{metric}-std", $"{metric}-low", $"{metric}-high",
        $"{metric}-difference", $"{metric}-difference-low", $"{metric}-difference-high",
    ];

    private static IEnumerable<string> Row(Leaderboard board, LeaderboardRow row)
    {
        var baseline = board.BaselineOf(row);
        return
        [
            .. Leaderboard.Axes.Select(row.Axis),
            CsvFile.Text(row.Measured.Count),
            row.Status,
            CsvFile.Text(row.Mean(c => c.Outcome!.NfeUsed)),
            CsvFile.Text(row.Mean(c => c.Outcome!.NfeCorrection)),
            CsvFile.Text(row.Mean(c => c.Outcome!.NfeAuxiliary)),
            CsvFile.Text(row.Mean(c => c.Outcome!.NfeEquivalent)),
            CsvFile.Text(row.Mean(c => c.Outcome!.MultiplyAdds)),
            CsvFile.Text(row.Mean(c => c.Outcome!.Parameters)),
            CsvFile.Text(row.Mean(c => c.Outcome!.TrainingEvaluations)),
            CsvFile.Text(row.Mean(c => c.Outcome!.TrainingMultiplyAdds)),
            CsvFile.Text(row.BeyondSteps),
            baseline?.Axis("method") ?? "",
            .. board.Columns.SelectMany(column => Statistics(row, baseline, column)),
            CsvFile.Short(row.Mean(c => c.Timing!.SecondsPerImage)),
            CsvFile.Short(row.Mean(c => c.Timing!.LatencySeconds)),
            CsvFile.Short(row.Mean(c => c.Timing!.TrainSeconds)),
        ];
    }

    private static IEnumerable<string> Statistics(LeaderboardRow row, LeaderboardRow? baseline, MetricColumn column)
    {
        var estimate = row.Estimate(column);
        var difference = baseline is null ? null : Estimate.Of(row.Differences(baseline, column));
        return
        [
            CsvFile.Text(estimate?.Mean), CsvFile.Text(estimate?.Deviation), .. Ends(estimate), CsvFile.Text(difference?.Mean), .. Ends(difference),
        ];
    }

    private static string[] Ends(Estimate? estimate) => [CsvFile.Text(estimate?.Interval?.Low), CsvFile.Text(estimate?.Interval?.High)];
}
