namespace Dfx.Baselines;

/// <summary>The samplers of DEIS (Zhang and Chen 2023).</summary>
public enum DeisKind
{
    /// <summary>tAB-DEIS: eps is extrapolated by a polynomial in the time t.</summary>
    Tab,

    /// <summary>rhoAB-DEIS: eps is extrapolated by a polynomial in rho, EDM's sigma.</summary>
    Rhoab,

    /// <summary>rhoRK-DEIS: a Runge-Kutta method in rho.</summary>
    Rhork,
}
