using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DpmSolverSampler"/>; the authors' recommendation for small images.</summary>
/// <param name="Order">The highest order of a step.</param>
/// <param name="Method">How the order is reached.</param>
/// <param name="Grid">Where the levels lie, and the stages within a step.</param>
/// <param name="SolverType">How differences of estimates are weighed.</param>
/// <param name="LowerOrderFinal">Lower orders in the last steps of a multistep run of fewer than 10 steps.</param>
/// <param name="DenoiseToZero">Whether one evaluation at the last level ends the run on clean images.</param>
/// <param name="SigmaMin">The last level, before the step to 0 if there is one; null for the schedule's.</param>
/// <param name="Known">What is done about pixels that the task knows for sure.</param>
public record DpmSolverOptions(
    [Description("The highest order of a step.")][Range(1, 3)] int Order = 3,
    [Description("single-step (mixed orders that use the budget exactly), single-step-fixed (one order) or multistep.")] DpmSolverMethod Method = DpmSolverMethod.SingleStep,
    [Description("Levels in equal steps of log-snr, of the variance-preserving time, or of its square root (quadratic).")] SolverGrid Grid = SolverGrid.LogSnr,
    [Description("Weights of differences: dpm-solver (the authors') or taylor (exact for polynomials).")] DpmSolverType SolverType = DpmSolverType.DpmSolver,
    [Description("Lower orders in the last steps of a multistep run of fewer than 10 steps.")] bool LowerOrderFinal = true,
    [Description("End on clean images by one evaluation at the last level; it counts in the budget.")] bool DenoiseToZero = false,
    [Description("The last level before 0; the schedule's if not given.")][Range(1e-6, 1e6)] double? SigmaMin = null,
    [Description("Pixels that the task knows for sure: free (the network is told them), or impose (x0 + sigma z in every state, with the noise z of the start).")] KnownRule Known = KnownRule.Free);
