namespace Dfx.Diffusion;

/// <summary>The scale s of a noise schedule x_t = s(t) (x0 + sigma(t) z) as a function of the noise level.</summary>
public static class ScheduleScale
{
    private const double Same = 1e-9;

    /// <summary>The scale at a noise level; 1 at the clean one.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="sigma">The noise level, at least 0.</param>
    public static double ScaleAt(this INoiseSchedule schedule, double sigma)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return sigma > 0 ? schedule.Scale(schedule.Time(sigma)) : 1;
    }

    /// <summary>Whether the scale is the same at both ends, as in VE and EDM.</summary>
    /// <param name="schedule">The schedule.</param>
    public static bool KeepsSignal(this INoiseSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Math.Abs(schedule.ScaleAt(schedule.SigmaMax) - schedule.ScaleAt(schedule.SigmaMin)) < Same;
    }
}
