namespace Dfx.Baselines;

/// <summary>Where levels lie on a continuous schedule, between its lowest and highest; a discrete one has a <see cref="StepSet"/> instead.</summary>
public enum DdimGrid
{
    /// <summary>Equal steps of the time of the variance-preserving process.</summary>
    Time,

    /// <summary>Equal steps of the log signal-to-noise ratio.</summary>
    LogSnr,

    /// <summary>Equal steps of the root of that time.</summary>
    Quadratic,
}
