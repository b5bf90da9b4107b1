using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>A configuration over its seeds.</summary>
/// <param name="Cells">Its cells, one a seed.</param>
internal sealed record LeaderboardRow(IReadOnlyList<CellRow> Cells)
{
    internal string Axis(string name) => Cells[0].Axes[name];

    internal IEnumerable<CellRow> Measured => Cells.Where(cell => cell.Outcome is not null);

    /// <summary><c>ok</c>, or the statuses with how many seeds have each.</summary>
    internal string Status => Cells.All(cell => cell.Status == "ok")
        ? "ok"
        : string.Join(", ", Cells.CountBy(cell => cell.Status).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Value} {s.Key}"));

    /// <summary>A metric's values over the seeds.</summary>
    internal IReadOnlyList<double> Values(MetricColumn column) =>
        [.. Measured.SelectMany(cell => cell.Outcome!.Metrics).Where(column.Holds).Select(m => m.Value)];

    /// <summary>The mean over the seeds of something that was measured; null if nothing was.</summary>
    internal double? Mean(Func<CellRow, double?> of)
    {
        var values = Measured.Select(of).OfType<double>().ToList();
        return values.Count > 0 ? values.Average() : null;
    }
}

/// <summary>A column of a leaderboard: one metric under one protocol.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Protocol">The protocol's fingerprint.</param>
/// <param name="Header">The name, with the protocol behind it where a metric was measured under several.</param>
internal sealed record MetricColumn(string Name, string Protocol, string Header)
{
    internal bool Holds(MeasuredValue metric) => metric.Name == Name && metric.Protocol == Protocol;
}
