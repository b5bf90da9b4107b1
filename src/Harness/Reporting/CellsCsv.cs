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
        "network", "evaluations",
    ];

    private static readonly ImmutableArray<string> s_header =
    [
        .. s_axes, "status", "nfe-used", "nfe-correction", "nfe-auxiliary", "nfe-equivalent", "multiply-adds", "nfe-counted", "parameters",
        "training-evaluations", "training-multiply-adds", "beyond-steps", "metric", "value", "spread", "low", "high", "better", "protocol", "key",
        "message", "time-train", "time-load", "time-warm-up", "time-per-image", "time-per-image-iqr", "time-latency", "time-metrics",
        "memory-peak", "time-device",
    ];

    private static readonly string s_ok = StatusText.Of(Status.Ok);

    internal static void Write(string path, Results results) => CsvFile.Write(path, s_header, results.Cells, Rows);

    private static void Rows(CsvLines lines, CellRow cell)
    {
        var rows = new CellLines(lines, cell);
        if (cell.Outcome is not { } outcome || outcome.Metrics.Count + outcome.Unavailable.Count + outcome.FailedMetrics.Count == 0)
        {
            rows.Add(cell.Status, "", null, cell.Message);
            return;
        }

        foreach (var metric in outcome.Metrics)
        {
            rows.Add(s_ok, metric.Name, metric, null);
        }

        foreach (var (name, reason) in outcome.Unavailable)
        {
            rows.Add(StatusText.Of(Status.NotApplicable), name, null, reason);
        }

        foreach (var (name, message) in outcome.FailedMetrics)
        {
            rows.Add(StatusText.Of(Status.Error), name, null, message);
        }
    }

    private static string[] CountsOf(JobOutcome? outcome) =>
    [
        CsvFile.Text(outcome?.NfeUsed), CsvFile.Text(outcome?.NfeCorrection), CsvFile.Text(outcome?.NfeAuxiliary),
        CsvFile.Text(outcome?.NfeEquivalent), CsvFile.Text(outcome?.MultiplyAdds), CsvFile.Text(outcome?.NfeCounted),
        CsvFile.Text(outcome?.Parameters), CsvFile.Text(outcome?.TrainingEvaluations), CsvFile.Text(outcome?.TrainingMultiplyAdds),
        CsvFile.Text(outcome?.BeyondSteps),
    ];

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

    /// <summary>The rows of a cell: what all of them say is put into words once.</summary>
    private sealed class CellLines(CsvLines lines, CellRow cell)
    {
        private readonly (IEnumerable<string> Axes, string[] Counts, string[] Times) _shared = (s_axes.Select(cell.Axis), CountsOf(cell.Outcome), TimesOf(cell.Timing));

        private Range? _axes;
        private Range? _counts;
        private Range? _times;

        internal void Add(string status, string name, MeasuredValue? metric, string? message) => lines
            .Add(_shared.Axes, ref _axes)
            .Add(status)
            .Add(_shared.Counts, ref _counts)
            .Add(name)
            .Add(metric?.Value).Add(metric?.Spread).Add(metric?.Low).Add(metric?.High)
            .Add(metric is null ? "" : Word(metric.Better))
            .Add(metric?.Protocol ?? "")
            .Add(cell.Key)
            .Add(message ?? "")
            .Add(_shared.Times, ref _times)
            .End();
    }
}
