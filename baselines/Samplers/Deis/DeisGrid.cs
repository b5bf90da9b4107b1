namespace Dfx.Baselines;

/// <summary>Where DEIS' levels lie between the schedule's highest noise level and the end.</summary>
public enum DeisGrid
{
    /// <summary>Equal steps of t^(1 / power).</summary>
    Time,

    /// <summary>Equal steps of ln rho.</summary>
    LogRho,

    /// <summary>Equal steps of rho^(1 / power), as in EDM.</summary>
    Rho,
}
