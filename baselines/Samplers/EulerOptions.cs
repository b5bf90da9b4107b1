using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="EulerSampler"/>.</summary>
/// <param name="Rho">How far the levels crowd at the low end.</param>
/// <param name="SigmaMin">The last level before 0; null for the schedule's.</param>
/// <param name="SigmaMax">The first level; null for the schedule's.</param>
/// <param name="Known">What is done about pixels that the task knows for sure.</param>
public sealed record EulerOptions(
    [Description("How far the levels crowd at the low end.")][Range(1, 100)] double Rho = 7,
    [Description("The last level before 0; the schedule's if not given.")][Range(1e-6, 1e6)] double? SigmaMin = null,
    [Description("The first level; the schedule's if not given.")][Range(1e-6, 1e6)] double? SigmaMax = null,
    [Description("Pixels that the task knows for sure: free (the network is told them), or impose (x0 + sigma z in every state, with the noise z of the start).")] KnownRule Known = KnownRule.Free);
