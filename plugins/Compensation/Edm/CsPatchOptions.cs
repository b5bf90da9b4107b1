using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Compensation;

/// <summary>The parameters of the method <c>cs-patch</c>.</summary>
/// <param name="RealShare">p, the share of steps with whole images; of the others three fifths have sides of a half, two fifths of a quarter.</param>
/// <param name="Steps">T: a step of a rollout is as long as one of EDM's sampler with T levels.</param>
/// <param name="Rollout">K: how many compensated steps a row takes before it is drawn anew.</param>
/// <param name="Term">What is added to a step.</param>
/// <param name="Width">The module's channels at full size, a multiple of 4; null for 4 ⌈main / 44⌉.</param>
/// <param name="ModuleEpochs">How many epochs of drawn images, one a patch, the module is trained.</param>
/// <param name="Inner">Its updates for each of the main network.</param>
/// <param name="Target">What the main network is to find.</param>
/// <param name="Frame">The frame of rollouts.</param>
public sealed record CsPatchOptions(
    [Description("The share of steps with whole images.")][Range(0, 1)] double RealShare = 0.5,
    [Description("T: a step of a rollout is as long as one of EDM's sampler with T levels.")][Range(2, 100_000)] int Steps = 100,
    [Description("K: compensated steps of a row before it is drawn anew; the main network learns from K + 1 levels of it.")][Range(1, 100_000)] int Rollout = 1,
    [Description("What is added to a step: learned (by the compensation module), oracle (the true term) or none.")] CsTerm Term = CsTerm.Learned,
    [Description("The module's channels, a multiple of 4. Left out: 4 times a 44th of the main network's, rounded up.")][Range(4, 1024)] int? Width = null,
    [Description("Epochs of drawn images, one a patch, that the module is trained for; then it is frozen.")][Range(0.0, 1e6, MinimumIsExclusive = true)] double ModuleEpochs = 1,
    [Description("The module's updates for each of the main network.")][Range(1, 100)] int Inner = 1,
    [Description("What the main network is to find in a compensated state: noise (the image that the row's z leads to), or consistent (x0).")] CsTarget Target = CsTarget.Noise,
    [Description("The frame of rollouts: vp; in ve, EDM's own, the term would be nothing, and it is refused.")] CsFrame Frame = CsFrame.Vp)
{
    internal EdmRollout Edm => new(Steps, Rollout, Term, Width, ModuleEpochs, Inner, Target, Frame);
}
