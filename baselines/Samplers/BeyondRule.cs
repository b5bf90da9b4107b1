namespace Dfx.Baselines;

/// <summary>What a sampler does with a budget of more evaluations than a discrete schedule has steps.</summary>
public enum BeyondRule
{
    /// <summary>It takes the steps that there are, and leaves the rest of the budget.</summary>
    Stop,

    /// <summary>
    /// It takes equal steps of fractional t from T to 1, between which ln ᾱ is linear in t; the network is told the fractional time. Reports mark such cells.
    /// </summary>
    Interpolate,
}
