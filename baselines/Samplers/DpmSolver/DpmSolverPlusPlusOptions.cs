using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DpmSolverPlusPlusSampler"/>; the defaults are "DPM-Solver++(2M)".</summary>
/// <inheritdoc cref="DpmSolverOptions" path="/param"/>
public sealed record DpmSolverPlusPlusOptions(
    [Description("The highest order of a step.")][Range(1, 3)] int Order = 2,
    [Description("multistep, single-step (mixed orders that use the budget exactly) or single-step-fixed (one order).")] DpmSolverMethod Method = DpmSolverMethod.Multistep,
    [Description("Levels in equal steps of log-snr, of the variance-preserving time, or of its square root (quadratic).")] SolverGrid Grid = SolverGrid.LogSnr,
    [Description("Weights of differences: dpm-solver (the authors') or taylor (exact for polynomials).")] DpmSolverType SolverType = DpmSolverType.DpmSolver,
    [Description("Lower orders in the last steps of a multistep run of fewer than 10 steps.")] bool LowerOrderFinal = true,
    [Description("End on clean images by one evaluation at the last level; it counts in the budget.")] bool DenoiseToZero = false,
    [Description("The last level before 0; the schedule's if not given.")][Range(1e-6, 1e6)] double? SigmaMin = null,
    [Description("Pixels that the task knows for sure: free (the network is told them), or impose (x0 + sigma z in every state, with the noise z of the start).")] KnownRule Known = KnownRule.Free)
    : DpmSolverOptions(Order, Method, Grid, SolverType, LowerOrderFinal, DenoiseToZero, SigmaMin, Known);
