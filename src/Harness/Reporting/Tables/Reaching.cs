using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Which checkpoint of a training is the first that is good enough.</summary>
/// <param name="board">The leaderboard.</param>
/// <param name="among">The configurations that are looked among.</param>
internal sealed class Reaching(Leaderboard board, IReadOnlyList<LeaderboardRow> among)
{
    internal const string NotReached = "not reached";

    /// <summary>A training's length has two names; all else is the same at each of its checkpoints.</summary>
    private static readonly string[] s_others = [.. Leaderboard.Axes.Except(["steps", "evaluations"])];

    /// <summary>The metric that both have, of the first pattern that any has.</summary>
    internal MetricColumn? Metric(Reach reach, LeaderboardRow row, LeaderboardRow other) => reach.Metric
        .SelectMany(pattern => board.Columns.Where(column => Glob.Matches(pattern, column.Name) && row.Has(column) && other.Has(column))).FirstOrDefault();

    /// <summary>The first checkpoint of a configuration whose mean metric is as good as a number; null if none is.</summary>
    /// <param name="row">The configuration, at any of its checkpoints.</param>
    /// <param name="column">The metric.</param>
    /// <param name="target">The number; null for the best of its own checkpoints.</param>
    /// <param name="within">By which share of the number it may be worse.</param>
    internal LeaderboardRow? First(LeaderboardRow row, MetricColumn column, double? target, double within)
    {
        var checkpoints = among.Where(other => other.Has(column) && s_others.All(axis => other.Axis(axis) == row.Axis(axis)))
            .OrderBy(other => Numbers.Of(other.Axis("steps"))).Select(other => (Row: other, Cost: Cost(other, column))).ToList();
        var wanted = target is { } number ? column.Sign * number : checkpoints.Min(checkpoint => checkpoint.Cost);
        return checkpoints.FirstOrDefault(checkpoint => checkpoint.Cost <= wanted + (within * Math.Abs(wanted))).Row;
    }

    // Lower is better.
    private static double Cost(LeaderboardRow row, MetricColumn column) => column.Sign * row.Estimate(column)!.Mean;
}
