using System.Collections.Immutable;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>
/// <c>cells.csv</c>: one row a cell and metric, also for metrics that did not apply or failed, and one for a cell without any. Columns that start with <c>time-</c> or
/// <c>memory-</c> differ from run to run; all others are the same bytes whenever the keys are.
/// </summary>
internal static class CellsCsv
{
    private static readonly ImmutableArray<string> s_axes =
    [
        "dataset", "task", "method", "correction", "sampler", "nfe", "checkpoint", "steps", "ema", "batch", "seed", "samples", "precision", "device", "threads",
        "network", "evaluations",
    ];

    private static readonly ImmutableArray<string> s_header =
    [
        .. s_axes, "status", "nfe-used", "nfe-correction", "nfe-auxiliary", "parameters", "metric", "value", "spread", "low", "high", "better", "protocol", "key",
        "message", "time-train", "time-load", "time-warm-up", "time-per-image", "time-per-image-iqr", "time-latency", "time-metrics",
        "memory-peak", "time-device",
    ];

    private static string Ok => StatusText.Of(Status.Ok);

    internal static void Write(string path, Results results) => CsvFile.Write(path, s_header, results.Cells, Rows);

    private static IEnumerable<IEnumerable<string>> Rows(CellRow cell)
    {
        var shared = new Shared(cell);
        if (cell.Outcome is not { } outcome)
        {
            return [Row(shared, cell.Status, "", null, cell.Message)];
        }

        var rows = outcome.Metrics.Select(metric => Row(shared, Ok, metric.Name, metric, null))
            .Concat(outcome.Unavailable.Select(metric => Row(shared, StatusText.Of(Status.NotApplicable), metric.Key, null, metric.Value)))
            .Concat(outcome.FailedMetrics.Select(metric => Row(shared, StatusText.Of(Status.Error), metric.Key, null, metric.Value)))
            .ToList();
        return rows.Count == 0 ? [Row(shared, cell.Status, "", null, cell.Message)] : rows;
    }

    private static IEnumerable<string> Row(Shared cell, string status, string name, MeasuredValue? metric, string? message) =>
    [
        .. cell.Axes,
        status,
        .. cell.Counts,
        name,
        CsvFile.Text(metric?.Value),
        CsvFile.Text(metric?.Spread),
        CsvFile.Text(metric?.Low),
        CsvFile.Text(metric?.High),
        metric?.Better.ToString().ToLowerInvariant() ?? "",
        metric?.Protocol ?? "",
        cell.Key,
        message ?? "",
        .. cell.Times,
    ];

    private static string[] TimesOf(JobTiming? timing) =>
    [
        CsvFile.Short(timing?.TrainSeconds),
        CsvFile.Short(timing?.LoadSeconds),
        CsvFile.Short(timing?.WarmUpSeconds),
        CsvFile.Short(timing?.SecondsPerImage),
        CsvFile.Short(timing?.SecondsPerImageIqr),
        CsvFile.Short(timing?.LatencySeconds),
        CsvFile.Short(timing?.MetricSeconds),
        CsvFile.Text(timing?.PeakBytes),
        timing?.Device ?? "",
    ];

    /// <summary>What all rows of a cell say, as text once.</summary>
    private sealed class Shared(CellRow cell)
    {
        internal string[] Axes { get; } = [.. s_axes.Select(cell.Axis)];

        internal string[] Counts { get; } =
        [
            CsvFile.Text(cell.Outcome?.NfeUsed), CsvFile.Text(cell.Outcome?.NfeCorrection), CsvFile.Text(cell.Outcome?.NfeAuxiliary), CsvFile.Text(cell.Outcome?.Parameters),
        ];

        internal string Key { get; } = cell.Key;

        internal string[] Times { get; } = TimesOf(cell.Timing);
    }
}
