using System.Collections.Immutable;

namespace Dfx.Harness.Reporting;

/// <summary>
/// <c>leaderboard.csv</c>: one row a configuration, with mean and standard deviation over its seeds for each metric. Sorted by dataset,
/// task, budget, steps and then by the first metric in the alphabet, best first. Columns that start with <c>time-</c> differ from run to run.
/// </summary>
internal static class LeaderboardCsv
{
    private static readonly ImmutableArray<string> s_groups =
        ["dataset", "task", "nfe", "steps", "method", "correction", "sampler", "ema", "batch", "samples", "precision", "device", "threads"];

    internal static void Write(string path, Results results)
    {
        var columns = Columns(results);
        var rows = results.Cells
            .GroupBy(cell => string.Join('\u001f', s_groups.Select(axis => cell.Axes[axis])), StringComparer.Ordinal)
            .Select(group => new LeaderboardRow([.. group]))
            .OrderBy(row => row.Cells[0], GroupOrder.Instance)
            .ThenBy(row => columns.Count > 0 && row.Values(columns[0].Column) is { Count: > 0 } v ? columns[0].Sign * v.Average() : double.MaxValue)
            .ThenBy(row => row.Cells[0], CellOrder.Instance)
            .ToList();
        CsvFile.Write(path, Header(columns.Select(c => c.Column)), rows.Select(row => Row(row, columns.Select(c => c.Column))));
    }

    /// <summary>The metrics by name; a sign that makes lower better.</summary>
    private static List<(MetricColumn Column, int Sign)> Columns(Results results)
    {
        var metrics = results.Cells.SelectMany(cell => cell.Outcome?.Metrics ?? []).DistinctBy(m => (m.Name, m.Protocol)).ToList();
        var shared = metrics.CountBy(m => m.Name).ToDictionary();
        return [.. metrics
            .OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Protocol, StringComparer.Ordinal)
            .Select(m => (
                new MetricColumn(m.Name, m.Protocol, shared[m.Name] == 1 ? m.Name : $"{m.Name} [{m.Protocol[..8]}]"),
                m.Better == Sdk.Direction.Higher ? -1 : 1))];
    }

    private static IEnumerable<string> Header(IEnumerable<MetricColumn> columns) =>
    [
        .. s_groups, "seeds", "status", "nfe-used", "nfe-correction", "nfe-auxiliary", "parameters",
        .. columns.SelectMany(c => (string[])[$"{c.Header}-mean", $"{c.Header}-std"]),
        "time-per-image", "time-latency", "time-train",
    ];

    private static IEnumerable<string> Row(LeaderboardRow row, IEnumerable<MetricColumn> columns) =>
    [
        .. s_groups.Select(row.Axis),
        CsvFile.Text(row.Measured.Count()),
        row.Status,
        CsvFile.Text(row.Mean(c => c.Outcome!.NfeUsed)),
        CsvFile.Text(row.Mean(c => c.Outcome!.NfeCorrection)),
        CsvFile.Text(row.Mean(c => c.Outcome!.NfeAuxiliary)),
        CsvFile.Text(row.Mean(c => c.Outcome!.Parameters)),
        .. columns.SelectMany(column => Statistics(row.Values(column))),
        CsvFile.Short(row.Mean(c => c.Timing!.SecondsPerImage)),
        CsvFile.Short(row.Mean(c => c.Timing!.LatencySeconds)),
        CsvFile.Short(row.Mean(c => c.Timing!.TrainSeconds)),
    ];

    /// <summary>Mean and standard deviation (n - 1); one seed has no spread.</summary>
    private static IEnumerable<string> Statistics(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return ["", ""];
        }

        var mean = values.Average();
        var deviation = values.Count > 1 ? Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)) : (double?)null;
        return [CsvFile.Text(mean), CsvFile.Text(deviation)];
    }

    /// <summary>By dataset, task, budget and steps alone.</summary>
    private sealed class GroupOrder : IComparer<CellRow>
    {
        private static readonly string[] s_axes = ["dataset", "task", "nfe", "steps"];

        internal static GroupOrder Instance { get; } = new();

        public int Compare(CellRow? x, CellRow? y) => CellOrder.Compare(x!, y!, s_axes);
    }
}
