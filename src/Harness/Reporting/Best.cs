namespace Dfx.Harness.Reporting;

/// <summary>Which of several rows may be called the best.</summary>
internal static class Best
{
    /// <summary>
    /// The row with the best mean, if its interval and that of the next best have no point in common. Null otherwise: one seed, or a row
    /// alone, beats nobody.
    /// </summary>
    internal static LeaderboardRow? Of(IEnumerable<LeaderboardRow> rows, MetricColumn column)
    {
        var ranked = rows.Select(row => (Row: row, Estimate: row.Estimate(column))).Where(r => r.Estimate is not null)
            .OrderBy(r => column.Sign * r.Estimate!.Mean).Take(2).ToList();
        return ranked is [{ Estimate.Interval: { } first } best, { Estimate.Interval: { } second }] && first.IsApartFrom(second) ? best.Row : null;
    }
}
