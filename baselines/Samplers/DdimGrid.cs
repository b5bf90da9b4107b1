namespace Dfx.Baselines;

/// <summary>Where DDIM's levels lie, between the schedule's lowest and highest noise level.</summary>
public enum DdimGrid
{
    /// <summary>Equal steps of the time of the variance-preserving process; on a discrete schedule, every k-th step.</summary>
    Time,

    /// <summary>Equal steps of the log signal-to-noise ratio; on a discrete schedule, the same as <see cref="Time"/>.</summary>
    LogSnr,

    /// <summary>Equal steps of the root of that time; on a discrete schedule, DDIM's "quadratic" steps up to 0.8 T.</summary>
    Quadratic,
}
