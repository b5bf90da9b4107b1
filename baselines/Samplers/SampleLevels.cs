namespace Dfx.Baselines;

/// <summary>Where samplers that go from level to level take their levels from.</summary>
internal static class SampleLevels
{
    /// <summary>At most <paramref name="count"/> levels from the noisiest down, and the clean level 0 behind them.</summary>
    internal static IReadOnlyList<double> Of(INoiseSchedule schedule, int count, StepSet steps = StepSet.Uniform, DdimGrid grid = DdimGrid.Time) =>
        Budget.ThenClean(schedule.Steps is { } total ? Discrete(schedule, total, count, steps) : Continuous(schedule, count, grid));

    private static double[] Discrete(INoiseSchedule schedule, int total, int count, StepSet steps) => steps switch
    {
        StepSet.Quadratic => Levels(schedule, Grids.Uniform(Math.Sqrt(0.8 * total), 0, count).Select(root => Math.Floor(root * root))),
        StepSet.Respaced => Levels(schedule, Grids.Uniform(total - 1, 0, Math.Min(count, total)).Select(label => Math.Round(label))),
        _ => Grids.Steps(schedule, count),
    };

    // Labels count from 0, our steps from 1.
    private static double[] Levels(INoiseSchedule schedule, IEnumerable<double> labels) =>
        [.. labels.Distinct().Select(label => schedule.Sigma(label + 1))];

    private static double[] Continuous(INoiseSchedule schedule, int count, DdimGrid grid)
    {
        var (low, high) = (schedule.SigmaMin, schedule.SigmaMax);
        return grid == DdimGrid.LogSnr
            ? Grids.LogSnr(low, high, count)
            : Grids.Time(schedule as VpSchedule ?? new VpSchedule(), low, high, count);
    }
}
