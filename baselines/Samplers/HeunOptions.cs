using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="HeunSampler"/>, named as in Karras et al. 2022; the paper's defaults for unconditional CIFAR-10.</summary>
/// <param name="Rho">How far the levels crowd at the low end.</param>
/// <param name="SigmaMin">The last level before 0; null for the schedule's.</param>
/// <param name="SigmaMax">The first level; null for the schedule's.</param>
/// <param name="SChurn">How much noise is added anew over the whole run; 0 for a deterministic run.</param>
/// <param name="SMin">The lowest level at which noise is added.</param>
/// <param name="SMax">The highest level at which noise is added; null for no limit.</param>
/// <param name="SNoise">The standard deviation of the added noise, relative to that of the level.</param>
/// <param name="Known">What is done about pixels that the task knows for sure.</param>
public sealed record HeunOptions(
    [Description("How far the levels crowd at the low end.")][Range(1, 100)] double Rho = 7,
    [Description("The last level before 0; the schedule's if not given.")][Range(1e-6, 1e6)] double? SigmaMin = null,
    [Description("The first level; the schedule's if not given.")][Range(1e-6, 1e6)] double? SigmaMax = null,
    [Description("How much noise is added anew over the whole run; 0 for a deterministic run.")][Range(0, 1e6)] double SChurn = 0,
    [Description("The lowest level at which noise is added.")][Range(0, 1e6)] double SMin = 0,
    [Description("The highest level at which noise is added; no limit if not given.")][Range(0, 1e6)] double? SMax = null,
    [Description("The standard deviation of the added noise, relative to that of the level.")][Range(0, 10)] double SNoise = 1,
    [Description("Pixels that the task knows for sure: free (the network is told them), or impose (x0 + sigma z in every state, with the noise z of the start).")] KnownRule Known = KnownRule.Free);
