using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DeisSampler"/>; the defaults are those of the paper's low-budget experiments.</summary>
/// <param name="Kind">What is extrapolated, and in which variable.</param>
/// <param name="Order">Degree of the polynomial, 0 to 3; for rhork the order of the Runge-Kutta method, 1 to 4.</param>
/// <param name="Grid">Where the levels lie.</param>
/// <param name="Power">How far they crowd at the end; null for 2 in time and 7 in rho, and without effect on ln rho.</param>
/// <param name="EndTime">The time to end at; null for the schedule's lowest noise level. 0 is the clean level.</param>
/// <param name="Clock">Whose time t is.</param>
public sealed record DeisOptions(
    [Description("tab and rhoab extrapolate eps by a polynomial in t or rho; rhork is Runge-Kutta in rho.")] DeisKind Kind = DeisKind.Tab,
    [Description("Degree of the polynomial, 0 to 3; order of rhork, 1 to 4 (Euler, Heun, Kutta, classical).")][Range(0, 4)] int Order = 3,
    [Description("Equal steps of t^(1/power), of ln rho, or of rho^(1/power).")] DeisGrid Grid = DeisGrid.Time,
    [Description("How far the levels crowd at the end; 2 for time and 7 for rho if not given.")][Range(0.1, 100)] double? Power = null,
    [Description("The time t to end at, 0 for clean images; that of the schedule's lowest noise level if not given.")][Range(0, 1e6)]
    double? EndTime = null,
    [Description("t is the time of the VP process (a discrete schedule keeps its own), or of the model's schedule, in which few steps fail on EDM and VE models.")]
    DeisClock Clock = DeisClock.Vp);
