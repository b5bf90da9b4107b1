namespace Dfx.Harness.Reporting;

/// <summary>The configuration with the best mean of a metric at one budget of one dataset and task.</summary>
/// <param name="Row">The configuration.</param>
/// <param name="IsApart">Whether its interval has no point in common with that of the next of as many steps.</param>
internal sealed record BudgetLeader(LeaderboardRow Row, bool IsApart)
{
    /// <summary>Its method, with its correction if it has one.</summary>
    internal string Method => Row.Axis("correction") == "none" ? Row.Axis("method") : $"{Row.Axis("method")} + {Row.Axis("correction")}";

    /// <summary>One for each budget of each dataset and task, in the order of the leaderboard.</summary>
    internal static IEnumerable<BudgetLeader> Of(Leaderboard board, MetricColumn metric) =>
        from budget in board.Rows.Where(row => row.Values(metric).Count > 0).GroupBy(row => (Dataset: row.Axis("dataset"), Task: row.Axis("task"), Nfe: row.Axis("nfe")))
        let best = budget.MinBy(row => metric.Sign * row.Values(metric).Average())!
        select new BudgetLeader(best, ReferenceEquals(Best.Of(budget.Where(other => Leaderboard.SameBlock(best, other)), metric), best));
}
