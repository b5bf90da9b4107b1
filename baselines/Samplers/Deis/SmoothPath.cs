namespace Dfx.Baselines;

/// <summary>The way from one level to a lower one, cut where a schedule's time is not smooth.</summary>
internal static class SmoothPath
{
    /// <summary>Falling levels, both ends included; a discrete schedule has a kink at every step.</summary>
    internal static IReadOnlyList<double> Between(INoiseSchedule schedule, double sigma, double next)
    {
        if (schedule.Steps is null)
        {
            return [sigma, next];
        }

        var (last, first) = ((int)Math.Floor(schedule.Time(next)) + 1, (int)Math.Ceiling(schedule.Time(sigma)) - 1);
        var kinks = Enumerable.Range(last, Math.Max(0, first - last + 1)).Reverse().Select(t => schedule.Sigma(t));
        return [sigma, .. kinks.Where(kink => kink < sigma && kink > next), next];
    }
}
