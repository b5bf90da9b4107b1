using System.Collections.Immutable;
using Dfx.Harness.Store;
using Dfx.Sdk;

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
        "network",
    ];

    private static readonly ImmutableArray<string> s_header =
    [
        .. s_axes, "status", "nfe-used", "nfe-correction", "nfe-auxiliary", "parameters", "metric", "value", "spread", "low", "high", "better", "protocol", "key",
        "message", "time-train", "time-load", "time-warm-up", "time-per-image", "time-per-image-iqr", "time-latency", "time-metrics",
        "memory-peak", "time-device",
    ];

    private static readonly string s_ok = StatusText.Of(Status.Ok);

    internal static void Write(string path, Results results) => CsvFile.Write(path, s_header, results.Cells, Rows);

    private static void Rows(CsvLines lines, CellRow cell)
    {
        var shared = new Shared(cell);
        if (cell.Outcome is not { } outcome || outcome.Metrics.Count + outcome.Unavailable.Count + outcome.FailedMetrics.Count == 0)
        {
            Row(lines, shared, cell.Status, "", null, cell.Message);
            return;
        }

        foreach (var metric in outcome.Metrics)
        {
            Row(lines, shared, s_ok, metric.Name, metric, null);
        }

        foreach (var (name, reason) in outcome.Unavailable)
        {
            Row(lines, shared, StatusText.Of(Status.NotApplicable), name, null, reason);
        }

        foreach (var (name, message) in outcome.FailedMetrics)
        {
            Row(lines, shared, StatusText.Of(Status.Error), name, null, message);
        }
    }

    private static void Row(CsvLines lines, Shared cell, string status, string name, MeasuredValue? metric, string? message) => lines
        .Add(cell.Axes.Bytes)
        .Add(status)
        .Add(cell.Counts.Bytes)
        .Add(name)
        .Add(metric?.Value).Add(metric?.Spread).Add(metric?.Low).Add(metric?.High)
        .Add(metric is null ? "" : Word(metric.Better))
        .Add(metric?.Protocol ?? "")
        .Add(cell.Key)
        .Add(message ?? "")
        .Add(cell.Times.Bytes)
        .End();

    private static string Word(Direction better) => better switch
    {
        Direction.Lower => "lower",
        Direction.Higher => "higher",
        _ => better.ToString().ToLowerInvariant(),
    };

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

    /// <summary>What all rows of a cell say, written once.</summary>
    private sealed class Shared(CellRow cell)
    {
        internal CsvLines Axes { get; } = new CsvLines().Add(s_axes.Select(cell.Axis));

        internal CsvLines Counts { get; } = new CsvLines().Add(
        [
            CsvFile.Text(cell.Outcome?.NfeUsed), CsvFile.Text(cell.Outcome?.NfeCorrection), CsvFile.Text(cell.Outcome?.NfeAuxiliary), CsvFile.Text(cell.Outcome?.Parameters),
        ]);

        internal string Key { get; } = cell.Key;

        internal CsvLines Times { get; } = new CsvLines().Add(TimesOf(cell.Timing));
    }
}
