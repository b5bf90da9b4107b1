namespace Dfx.Baselines;

/// <summary>Whose time t DEIS' grid and polynomials use. The flow is the same in any of them; how smooth eps is in it is not.</summary>
public enum DeisClock
{
    /// <summary>The schedule's own time, as in the paper: sigma itself for EDM, sigma² for VE.</summary>
    Schedule,

    /// <summary>The time of the variance-preserving process with linear beta; a discrete schedule keeps its own.</summary>
    Vp,
}
