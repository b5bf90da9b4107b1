namespace Dfx.Baselines;

/// <summary>
/// The reverse step q(y_u | y_t, x0) of DDPM (Ho et al. 2020, Eq. 6 and 7) in the frame y = x0 + sigma z, from sigma to tau: mean
/// x0 + (tau² / sigma²) (y - x0), variance tau² (sigma² - tau²) / sigma². It is the same whatever the schedule's scale.
/// </summary>
internal static class Posterior
{
    /// <summary>The mean, a new tensor of y's shape, dtype and device.</summary>
    internal static torch.Tensor Mean(torch.Tensor y, torch.Tensor clean, double sigma, double next) =>
        clean + ((y - clean) * (next * next / (sigma * sigma)));

    /// <summary>The standard deviation; 0 at the clean level.</summary>
    /// <param name="schedule">Whose scale s decides what beta is: "large" is the forward step's √(sigma² - tau²) s_t / s_u.</param>
    /// <param name="sigma">The level before the step.</param>
    /// <param name="next">The level after it.</param>
    /// <param name="variance">Which of the two.</param>
    internal static double Deviation(INoiseSchedule schedule, double sigma, double next, DdpmVariance variance)
    {
        var share = variance == DdpmVariance.Small ? next / sigma : schedule.ScaleAt(sigma) / schedule.ScaleAt(next);
        return next > 0 ? share * Math.Sqrt((sigma - next) * (sigma + next)) : 0;
    }
}
