using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The time and scale that the probability flow is integrated in (Karras et al. 2022, table 1).</summary>
public enum FlowTime
{
    /// <summary>sigma(t) = t, s(t) = 1: EDM, iDDPM and DDIM.</summary>
    Edm,

    /// <summary>sigma(t) = √t, s(t) = 1.</summary>
    Ve,

    /// <summary>That of the variance-preserving schedule, with its scale.</summary>
    Vp,
}

/// <summary>Where the levels lie (Karras et al. 2022, table 1).</summary>
public enum AblationGrid
{
    /// <summary>Equal steps of sigma^(1 / 7).</summary>
    Edm,

    /// <summary>Equal steps of ln sigma.</summary>
    Ve,

    /// <summary>Equal steps of the variance-preserving time.</summary>
    Vp,

    /// <summary>Equal steps of iDDPM's table of 1000 levels, a cosine schedule.</summary>
    Iddpm,
}

/// <summary>The parameters of <see cref="AblationSampler"/>, named as in Karras et al. 2022.</summary>
/// <param name="Time">The time and scale that the probability flow is integrated in.</param>
/// <param name="Grid">Where the levels lie.</param>
/// <param name="Heun">Whether steps are of order 2; Euler's otherwise.</param>
/// <param name="Alpha">Where a step of order 2 takes its second slope: 1 for Heun's method, 0.5 for the midpoint.</param>
/// <param name="SChurn">How much noise is added anew over the whole run; 0 for a deterministic run.</param>
/// <param name="SMin">The lowest level at which noise is added.</param>
/// <param name="SMax">The highest level at which noise is added; null for no limit.</param>
/// <param name="SNoise">The standard deviation of the added noise, relative to that of the level.</param>
public sealed record AblationOptions(
    [Description("Time and scale that the probability flow is integrated in: edm, ve or vp.")] FlowTime Time = FlowTime.Vp,
    [Description("Levels: edm, ve, vp or iddpm.")] AblationGrid Grid = AblationGrid.Vp,
    [Description("Steps of order 2; Euler's otherwise.")] bool Heun = true,
    [Description("Where a step of order 2 takes its second slope: 1 for Heun's method, 0.5 for the midpoint.")][Range(0.01, 1)] double Alpha = 1,
    [Description("How much noise is added anew over the whole run; 0 for a deterministic run.")][Range(0, 1e6)] double SChurn = 0,
    [Description("The lowest level at which noise is added.")][Range(0, 1e6)] double SMin = 0,
    [Description("The highest level at which noise is added; no limit if not given.")][Range(0, 1e6)] double? SMax = null,
    [Description("The standard deviation of the added noise, relative to that of the level.")][Range(0, 10)] double SNoise = 1);
