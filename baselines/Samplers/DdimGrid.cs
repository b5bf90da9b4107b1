namespace Dfx.Baselines;

/// <summary>Where DDIM's levels lie on a continuous schedule; a discrete one has its own steps.</summary>
public enum DdimGrid
{
    /// <summary>Equal steps of the time of the variance-preserving process, between the schedule's lowest and highest noise level.</summary>
    Time,

    /// <summary>Equal steps of the log signal-to-noise ratio.</summary>
    LogSnr,
}
