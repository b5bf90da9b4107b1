using Dfx.Harness.Reporting.Statistics;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Reporting;

/// <summary>A configuration over its seeds.</summary>
/// <param name="Cells">Its cells, one a seed.</param>
internal sealed record LeaderboardRow(IReadOnlyList<CellRow> Cells)
{
    internal string Axis(string name) => Cells[0].Axis(name);

    /// <summary>Those of which something was measured.</summary>
    internal IReadOnlyList<CellRow> Measured { get; } = Cells.All(cell => cell.Outcome is not null) ? Cells : [.. Cells.Where(cell => cell.Outcome is not null)];

    /// <summary><c>ok</c>, or the statuses with how many seeds have each.</summary>
    internal string Status => Cells.All(cell => cell.Status == "ok")
        ? "ok"
        : string.Join(", ", Cells.CountBy(cell => cell.Status).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Value} {s.Key}"));

    /// <summary>The number of steps that its models were trained on, if a seed's sampler looked at more noise levels; else null.</summary>
    internal int? BeyondSteps => Measured.Select(cell => cell.Outcome!.BeyondSteps).FirstOrDefault(steps => steps is not null);

    /// <summary>A metric's values over the seeds.</summary>
    internal IReadOnlyList<double> Values(MetricColumn column) => BySeed(column).ConvertAll(pair => pair.Value);

    /// <summary>Whether any seed has a value of a metric.</summary>
    internal bool Has(MetricColumn column) => Measured.Any(cell => cell.Outcome!.Metrics.Any(column.Holds));

    /// <summary>A metric's values with their seeds, in the order of the cells.</summary>
    internal List<(string Seed, double Value)> BySeed(MetricColumn column)
    {
        // Reports ask for these of every row and metric, several times.
        var values = new List<(string, double)>(Measured.Count);
        foreach (var cell in Measured)
        {
            foreach (var metric in cell.Outcome!.Metrics)
            {
                if (column.Holds(metric))
                {
                    values.Add((cell.Axis("seed"), metric.Value));
                }
            }
        }

        return values;
    }

    /// <summary>A metric's mean over the seeds with its interval; null if it was not measured.</summary>
    internal Estimate? Estimate(MetricColumn column) => Statistics.Estimate.Of(Values(column));

    /// <summary>This row minus another, seed by seed: one difference for each seed that both have.</summary>
    internal IReadOnlyList<double> Differences(LeaderboardRow other, MetricColumn column)
    {
        var theirs = new Dictionary<string, double>(StringComparer.Ordinal);
        other.BySeed(column).ForEach(pair => theirs.TryAdd(pair.Seed, pair.Value));
        return [.. BySeed(column).Where(pair => theirs.ContainsKey(pair.Seed)).Select(pair => pair.Value - theirs[pair.Seed])];
    }

    /// <summary>The mean over the seeds of something that was measured; null if nothing was.</summary>
    internal double? Mean(Func<CellRow, double?> of)
    {
        var values = Measured.Select(of).OfType<double>().ToList();
        return values.Count > 0 ? Means.Of(values) : null;
    }
}

/// <summary>A column of a leaderboard: one metric under one protocol.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Protocol">The protocol's fingerprint.</param>
/// <param name="Header">The name, with the protocol behind it where a metric was measured under several.</param>
internal sealed record MetricColumn(string Name, string Protocol, string Header)
{
    /// <summary>Which direction is better.</summary>
    internal Direction Better { get; init; }

    /// <summary>The protocol in words.</summary>
    internal IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>What a value is multiplied by so that lower is better.</summary>
    internal int Sign => Better == Direction.Higher ? -1 : 1;

    internal bool Holds(MeasuredValue metric) => metric.Name == Name && metric.Protocol == Protocol;
}
