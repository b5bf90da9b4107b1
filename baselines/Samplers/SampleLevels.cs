namespace Dfx.Baselines;

/// <summary>Where samplers that go from level to level take their levels from; all end on the clean level.</summary>
internal static class SampleLevels
{
    /// <summary>Levels for a number of steps, from the noisiest down.</summary>
    /// <param name="schedule">The model's schedule.</param>
    /// <param name="count">The most steps, at least 1; a discrete schedule may have fewer that are equally far apart.</param>
    /// <param name="steps">Which steps of a discrete schedule are taken.</param>
    /// <param name="grid">Where the levels lie on a continuous schedule.</param>
    /// <param name="beyond">What is done if <paramref name="count"/> is more than a discrete schedule has steps.</param>
    internal static IReadOnlyList<double> Of(
        INoiseSchedule schedule, int count, StepSet steps = StepSet.Uniform, DdimGrid grid = DdimGrid.Time, BeyondRule beyond = BeyondRule.Stop) =>
        Budget.ThenClean(schedule.Steps switch
        {
            null => Continuous(schedule, count, grid),
            var trained when count > trained && beyond == BeyondRule.Interpolate => Grids.Time(schedule, schedule.SigmaMin, schedule.SigmaMax, count),
            _ => Discrete(schedule, count, steps),
        });

    /// <summary>The schedule whose time the steps are equal in: the model's own if it is discrete, else the variance-preserving one.</summary>
    internal static INoiseSchedule Clock(INoiseSchedule schedule) =>
        schedule.Steps is not null || schedule is VpSchedule ? schedule : new VpSchedule();

    private static double[] Discrete(INoiseSchedule schedule, int count, StepSet steps) => steps switch
    {
        StepSet.Quadratic => Grids.QuadraticSteps(schedule, count),
        StepSet.Respaced => Grids.RespacedSteps(schedule, count),
        StepSet.RespacedFromOne => count > 1 ? Grids.RespacedSteps(schedule, count, first: 1) : [schedule.SigmaMax],
        _ => Grids.Steps(schedule, count),
    };

    private static double[] Continuous(INoiseSchedule schedule, int count, DdimGrid grid)
    {
        var (low, high) = (schedule.SigmaMin, schedule.SigmaMax);
        return grid switch
        {
            DdimGrid.LogSnr => Grids.LogSnr(low, high, count),
            DdimGrid.Quadratic => Grids.Power(Clock(schedule), low, high, count, 2),
            _ => Grids.Time(Clock(schedule), low, high, count),
        };
    }
}
