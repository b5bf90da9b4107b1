using System.Collections.Immutable;

namespace Dfx.Harness.Reporting.Html;

/// <summary>The leaderboard as the page sorts and filters it: one row a configuration over its seeds.</summary>
/// <param name="Rows">The rows, in the order of the leaderboard.</param>
/// <param name="Metrics">The metrics' columns.</param>
internal sealed record Board(IReadOnlyList<LeaderboardRow> Rows, IReadOnlyList<BoardMetric> Metrics)
{
    /// <summary>The coordinates of a row, from the left.</summary>
    internal static ImmutableArray<string> Axes { get; } =
        ["dataset", "task", "nfe", "steps", "method", "correction", "sampler", "batch", "samples", "precision", "device", "threads"];

    private static ImmutableArray<string> Places { get; } = ["dataset", "task", "nfe", "steps"];

    internal static Board Of(Results results)
    {
        var metrics = Columns(results);
        var rows = results.Cells
            .GroupBy(cell => string.Join('\u001f', Axes.Select(axis => cell.Axes[axis])), StringComparer.Ordinal)
            .Select(group => new LeaderboardRow([.. group]))
            .Select(row => (Row: row, Value: First(row, metrics)))
            .Order(Comparer<(LeaderboardRow Row, double Value)>.Create(Compare))
            .Select(pair => pair.Row);
        return new([.. rows], metrics);
    }

    private static int Compare((LeaderboardRow Row, double Value) a, (LeaderboardRow Row, double Value) b)
    {
        var place = CellOrder.Compare(a.Row.Cells[0], b.Row.Cells[0], Places);
        var value = place != 0 ? place : a.Value.CompareTo(b.Value);
        return value != 0 ? value : CellOrder.Instance.Compare(a.Row.Cells[0], b.Row.Cells[0]);
    }

    /// <summary>The first metric with a sign that makes lower better; rows without it come last.</summary>
    private static double First(LeaderboardRow row, List<BoardMetric> metrics) =>
        metrics.Count > 0 && row.Values(metrics[0].Column) is { Count: > 0 } values ? (metrics[0].IsHigherBetter ? -1 : 1) * values.Average() : double.MaxValue;

    private static List<BoardMetric> Columns(Results results)
    {
        var metrics = results.Cells.SelectMany(cell => cell.Outcome?.Metrics ?? []).DistinctBy(m => (m.Name, m.Protocol)).ToList();
        var shared = metrics.CountBy(m => m.Name).ToDictionary();
        return [.. metrics
            .OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Protocol, StringComparer.Ordinal)
            .Select(m => new BoardMetric(
                new(m.Name, m.Protocol, shared[m.Name] == 1 ? m.Name : $"{m.Name} [{m.Protocol[..Math.Min(8, m.Protocol.Length)]}]"),
                m.Better == Sdk.Direction.Higher,
                m.Details))];
    }
}

/// <summary>A metric of a leaderboard.</summary>
/// <param name="Column">Its name and protocol.</param>
/// <param name="IsHigherBetter">Whether a higher value is better.</param>
/// <param name="Details">What its protocol says.</param>
internal sealed record BoardMetric(MetricColumn Column, bool IsHigherBetter, IReadOnlyDictionary<string, string> Details);
