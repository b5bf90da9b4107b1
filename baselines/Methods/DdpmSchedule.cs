namespace Dfx.Baselines;

/// <summary>The betas that discrete methods offer by name.</summary>
public enum DdpmSchedule
{
    /// <summary>1e-4 … 0.02 (Ho et al. 2020), times 1000 / T.</summary>
    Linear,

    /// <summary>1e-4 … 0.02 for any T: with few steps much of the signal is left at the end.</summary>
    UnscaledLinear,

    /// <summary>The cosine schedule of Nichol and Dhariwal 2021.</summary>
    Cosine,
}

/// <summary>What the names mean.</summary>
internal static class DdpmSchedules
{
    /// <summary>The least number of steps of any schedule.</summary>
    internal const int FewestSteps = DiscreteSchedule.FewestScaled;

    /// <summary>The schedule of a number of steps.</summary>
    internal static DiscreteSchedule Of(this DdpmSchedule schedule, int steps) => schedule switch
    {
        DdpmSchedule.Linear => DiscreteSchedule.Scaled(steps),
        DdpmSchedule.UnscaledLinear => DiscreteSchedule.Linear(steps),
        DdpmSchedule.Cosine => DiscreteSchedule.Cosine(steps),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "expected linear, unscaled-linear or cosine"),
    };
}
