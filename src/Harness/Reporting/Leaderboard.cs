using System.Collections.Immutable;

namespace Dfx.Harness.Reporting;

/// <summary>
/// The configurations of a results folder, each over its seeds: sorted by dataset, task, budget, training length and then by the first metric in the
/// alphabet, best first.
/// </summary>
/// <param name="Results">What it was made of.</param>
/// <param name="Columns">The metrics: by name, then by protocol.</param>
/// <param name="Rows">The configurations.</param>
internal sealed record Leaderboard(Results Results, IReadOnlyList<MetricColumn> Columns, IReadOnlyList<LeaderboardRow> Rows)
{
    private const string None = "none";
    private const string Method = "method";
    private const string Correction = "correction";
    private const int ShownOfProtocol = 8;

    private static readonly string[] s_blockAxes = ["dataset", "task", "nfe", "steps", "evaluations"];

    private readonly Dictionary<string, LeaderboardRow> _rows = Rows.DistinctBy(Key).ToDictionary(Key, StringComparer.Ordinal);

    /// <summary>The axes that tell configurations apart.</summary>
    internal static ImmutableArray<string> Axes { get; } =
        ["dataset", "task", "nfe", "steps", Method, Correction, "sampler", "ema", "batch", "samples", "precision", "device", "threads", "network", "evaluations"];

    internal static Leaderboard Of(Results results)
    {
        var columns = ColumnsOf(results);
        var rows = results.Cells.Zip(CellKeys.Of(results.Cells, Axes))
            .GroupBy(cell => cell.Second, cell => cell.First)
            .Select(group => new LeaderboardRow([.. group]))
            .OrderBy(row => row.Cells[0], BlockOrder.Instance)
            .ThenBy(row => columns.Count > 0 && row.Values(columns[0]) is { Count: > 0 } values ? columns[0].Sign * values.Average() : double.MaxValue)
            .ThenBy(row => row.Cells[0], CellOrder.Instance);
        return new(results, columns, [.. rows]);
    }

    /// <summary>
    /// The row that another is compared with: the baseline method without a correction, all else equal. Null for that row itself, and where
    /// the matrix has none.
    /// </summary>
    internal LeaderboardRow? BaselineOf(LeaderboardRow row)
    {
        var key = Key(axis => axis switch { Method => Results.Baseline ?? "", Correction => None, _ => row.Axis(axis) });
        return _rows.TryGetValue(key, out var baseline) && !ReferenceEquals(baseline, row) ? baseline : null;
    }

    /// <summary>Rows of one dataset, task, budget and training length, which compete with each other.</summary>
    internal static bool SameBlock(LeaderboardRow a, LeaderboardRow b) => s_blockAxes.All(axis => a.Axis(axis) == b.Axis(axis));

    /// <summary>The metrics by name; those of one name and several protocols are several columns.</summary>
    private static List<MetricColumn> ColumnsOf(Results results)
    {
        var metrics = results.Cells.SelectMany(cell => cell.Outcome?.Metrics ?? []).DistinctBy(m => (m.Name, m.Protocol)).ToList();
        var shared = metrics.CountBy(m => m.Name).ToDictionary();
        return [.. metrics
            .OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Protocol, StringComparer.Ordinal)
            .Select(m => new MetricColumn(m.Name, m.Protocol, shared[m.Name] == 1 ? m.Name : $"{m.Name} [{Short(m.Protocol)}]")
            {
                Better = m.Better,
                Details = m.Details,
            })];
    }

    /// <summary>The first digits of a protocol's fingerprint.</summary>
    internal static string Short(string protocol) => protocol[..Math.Min(ShownOfProtocol, protocol.Length)];

    /// <summary>What tells a configuration from all others, in any run.</summary>
    internal static string Key(LeaderboardRow row) => Key(row.Axis);

    private static string Key(Func<string, string> axis) => string.Join('\u001f', Axes.Select(axis));

    /// <summary>By dataset, task, budget and training length alone.</summary>
    private sealed class BlockOrder : IComparer<CellRow>
    {
        internal static BlockOrder Instance { get; } = new();

        public int Compare(CellRow? x, CellRow? y) => CellOrder.Compare(x!, y!, s_blockAxes);
    }
}
