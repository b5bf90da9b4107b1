namespace Dfx.Baselines;

/// <summary>The levels of DDIM and of the samplers that continue its steps; all end on the clean level.</summary>
internal static class DdimLevels
{
    /// <summary>Levels for a number of steps.</summary>
    /// <param name="schedule">The model's schedule.</param>
    /// <param name="count">The most steps, at least 1; a discrete schedule may have fewer that are equally far apart.</param>
    /// <param name="grid">Where the levels lie.</param>
    internal static IReadOnlyList<double> Of(INoiseSchedule schedule, int count, DdimGrid grid = DdimGrid.Time)
    {
        var (low, high) = (schedule.SigmaMin, schedule.SigmaMax);
        return Budget.ThenClean((grid, schedule.Steps) switch
        {
            (DdimGrid.Quadratic, not null) => Grids.QuadraticSteps(schedule, count),
            (_, not null) => Grids.Steps(schedule, count),
            (DdimGrid.Quadratic, _) => Grids.Power(Clock(schedule), low, high, count, 2),
            (DdimGrid.LogSnr, _) => Grids.LogSnr(low, high, count),
            _ => Grids.Time(Clock(schedule), low, high, count),
        });
    }

    /// <summary>The schedule whose time the steps are equal in: the model's own if it is discrete, else the variance-preserving one.</summary>
    internal static INoiseSchedule Clock(INoiseSchedule schedule) =>
        schedule.Steps is not null || schedule is VpSchedule ? schedule : new VpSchedule();
}
