using System.ComponentModel;

namespace Dfx.Baselines;

/// <summary>Where the middle of a Runge-Kutta step lies when it falls between two steps of a discrete schedule (an odd stride).</summary>
public enum HalfSteps
{
    /// <summary>
    /// As in the published code: the state lies at the whole step below, whose ᾱ the transfer looks up, and the model is told the half step. From label
    /// 875 to 750 of 1000 that is the level of 812 with the network's label at 812.5.
    /// </summary>
    Truncated,

    /// <summary>Both lie at the half step, whose ᾱ is interpolated.</summary>
    Exact,
}

/// <summary>The parameters of <see cref="PndmSampler"/>.</summary>
/// <param name="HalfSteps">Where the middle of a Runge-Kutta step lies.</param>
public sealed record PndmOptions(
    [Description("Middle of an odd stride on a discrete schedule: truncated (level of the step below, as the published code) or exact.")]
    HalfSteps HalfSteps = HalfSteps.Truncated);
