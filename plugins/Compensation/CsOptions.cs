using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Compensation;

/// <summary>The betas of a schedule with few steps.</summary>
public enum CsSchedule
{
    /// <summary>1e-4 … 0.02 times 1000 / T (Dhariwal and Nichol 2021).</summary>
    Linear,

    /// <summary>The levels that DDPM's 1000 steps have at 1000 t / T.</summary>
    Respaced,
}

/// <summary>What is added to a step of a rollout.</summary>
public enum CsTerm
{
    /// <summary>The estimate of a second network, the compensation module.</summary>
    Learned,

    /// <summary>The term itself, which takes the clean image to know: rollouts then never leave the forward process.</summary>
    Oracle,

    /// <summary>Nothing, as in Cold Diffusion's sampler.</summary>
    None,
}

/// <summary>What the compensation module sees beside the noise level.</summary>
public enum CsInput
{
    /// <summary>The state and the main network's noise estimate.</summary>
    Eps,

    /// <summary>The state alone.</summary>
    Xt,
}

/// <summary>What the compensation module's output is.</summary>
public enum CsHead
{
    /// <summary>An estimate of z - eps, of unit scale at every level.</summary>
    Noise,

    /// <summary>The term itself.</summary>
    Raw,
}

/// <summary>What the main network is to find in a state that a rollout has moved off the forward process.</summary>
public enum CsTarget
{
    /// <summary>The row's noise z.</summary>
    Noise,

    /// <summary>The noise that leads from the state to the clean image, (x - g x0) / f with f at least 0.1.</summary>
    Consistent,
}

/// <summary>Whether sampling compensates too, at one more evaluation of the module for each of the main network.</summary>
public enum CsGeneration
{
    /// <summary>No: the module serves training alone.</summary>
    Off,

    /// <summary>With the weight that is exact for DDIM, which holds for every sampler.</summary>
    Exact,

    /// <summary>With the paper's weight, taken for a single step of the schedule.</summary>
    Paper,
}

/// <summary>The parameters of the method <c>cs</c>.</summary>
/// <param name="Steps">T, the number of noise levels.</param>
/// <param name="Schedule">Their betas.</param>
/// <param name="Rollout">K: how many compensated steps a row takes before it is drawn anew.</param>
/// <param name="Full">Whether rows go all the way from T to 1, whatever <paramref name="Rollout"/> says.</param>
/// <param name="Term">What is added to a step.</param>
/// <param name="Input">What the module sees.</param>
/// <param name="Head">What its output is.</param>
/// <param name="Width">Its channels at full size, a multiple of 4; null for 4 ⌈main / 44⌉.</param>
/// <param name="ModuleEpochs">How many epochs of drawn images it is trained.</param>
/// <param name="Inner">Its updates for each of the main network.</param>
/// <param name="Target">What the main network is to find.</param>
/// <param name="ClipX0">Whether estimates of x0 are clipped to [-1, 1] in rollouts.</param>
/// <param name="Generation">Whether sampling compensates.</param>
public sealed record CsOptions(
    [Description("T, the number of noise levels.")][Range(DiscreteSchedule.FewestScaled, 100_000)] int Steps = 100,
    [Description("Betas: linear (1e-4 to 0.02, times 1000 / T), or respaced (every (1000 / T)-th level of DDPM's 1000; T must divide 1000).")] CsSchedule Schedule = CsSchedule.Linear,
    [Description("K: compensated steps of a row before it is drawn anew; the main network learns from K + 1 levels of it.")][Range(1, 100_000)] int Rollout = 1,
    [Description("Rows go all the way from T to 1, whatever rollout says.")] bool Full = false,
    [Description("What is added to a step: learned (by the compensation module), oracle (the true term) or none.")] CsTerm Term = CsTerm.Learned,
    [Description("What the module sees: eps (the state and the main network's noise estimate) or xt (the state alone).")] CsInput Input = CsInput.Eps,
    [Description("The module's output: noise (an estimate of z - eps) or raw (the term itself).")] CsHead Head = CsHead.Noise,
    [Description("The module's channels, a multiple of 4. Left out: 4 times a 44th of the main network's, rounded up.")][Range(4, 1024)] int? Width = null,
    [Description("Epochs of drawn images that the module is trained for; then it is frozen.")][Range(0.0, 1e6, MinimumIsExclusive = true)] double ModuleEpochs = 1,
    [Description("The module's updates for each of the main network.")][Range(1, 100)] int Inner = 1,
    [Description("What the main network is to find in a compensated state: noise (the row's z), or consistent (what leads back to x0).")] CsTarget Target = CsTarget.Noise,
    [Description("Clip estimates of x0 to [-1, 1] in rollouts.")] bool ClipX0 = false,
    [Inference]
    [Description("Compensation while sampling, at one evaluation of the module for each of the main network: off, exact (the weight of DDIM's step) or paper.")]
    CsGeneration Generation = CsGeneration.Off);
