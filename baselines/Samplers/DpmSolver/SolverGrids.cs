namespace Dfx.Baselines;

/// <summary>Levels by the names of grids.</summary>
internal static class SolverGrids
{
    /// <summary>
    /// Levels from one down to another, both included. Schedules without a variance-preserving time (EDM, VE) borrow that of
    /// <see cref="VpSchedule"/>.
    /// </summary>
    internal static double[] Between(this SolverGrid grid, INoiseSchedule schedule, double from, double to, int count) => grid switch
    {
        SolverGrid.LogSnr => Grids.LogSnr(to, from, count),
        SolverGrid.Time => Grids.Time(Timed(schedule), to, from, count),
        SolverGrid.Quadratic => Grids.Power(Timed(schedule), to, from, count, 2),
        _ => throw new ArgumentOutOfRangeException(nameof(grid), grid, "expected log-snr, time or quadratic"),
    };

    private static INoiseSchedule Timed(INoiseSchedule schedule) => schedule.Steps is not null || schedule is VpSchedule ? schedule : new VpSchedule();
}
