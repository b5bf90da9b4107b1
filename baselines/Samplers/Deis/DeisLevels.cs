namespace Dfx.Baselines;

/// <summary>The levels of <see cref="DeisSampler"/>, and which of its parameters have a meaning together.</summary>
internal static class DeisLevels
{
    /// <summary>Levels for a budget of evaluations, from the schedule's highest level down to the end.</summary>
    /// <exception cref="NotApplicableException">The budget is too small, or two parameters do not go together.</exception>
    internal static IReadOnlyList<double> Of(INoiseSchedule schedule, DeisOptions options, int nfe)
    {
        var (high, low, count) = (schedule.SigmaMax, End(schedule, options), Steps(options, nfe) + 1);
        return options.Grid switch
        {
            DeisGrid.LogRho => Grids.LogSnr(low, high, count),
            DeisGrid.Rho => Grids.Karras(low, high, count, options.Power ?? 7),
            _ => Grids.Power(Clock(schedule, options), low, high, count, options.Power ?? 2),
        };
    }

    /// <summary>The schedule whose time t is.</summary>
    internal static INoiseSchedule Clock(INoiseSchedule schedule, DeisOptions options) =>
        options.Clock == DeisClock.Schedule ? schedule : SampleLevels.Clock(schedule);

    private static int Steps(DeisOptions options, int nfe)
    {
        var (least, most, each) = options.Kind == DeisKind.Rhork ? (1, 4, options.Order) : (0, 3, 1);
        Require(options.Order >= least && options.Order <= most, $"its {options.Kind} has orders {least} to {most}, not {options.Order}");
        Require(nfe >= each, $"it needs at least {each} network evaluations, but the budget is {nfe}");
        return nfe / each;
    }

    private static double End(INoiseSchedule schedule, DeisOptions options)
    {
        var end = options.EndTime is { } time ? Clock(schedule, options).Sigma(time) : schedule.SigmaMin;
        Require(end < schedule.SigmaMax, $"its end at sigma {end:g4} is not below the start at {schedule.SigmaMax:g4}");
        Require(end > 0 || options.Grid != DeisGrid.LogRho, "ln rho has no step to the clean level: use the grid time or rho");
        Require(end > 0 || options.Kind != DeisKind.Rhork, "rhork evaluates the model where a step ends, so not at the clean level");
        return end;
    }

    private static void Require(bool condition, string reason)
    {
        if (!condition)
        {
            throw new NotApplicableException($"deis is not applicable: {reason}.");
        }
    }
}
