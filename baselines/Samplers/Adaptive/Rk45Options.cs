using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="Rk45Sampler"/>; the defaults are those of Song et al. 2021.</summary>
/// <param name="Rtol">The error allowed, relative to a number's size.</param>
/// <param name="Atol">The error allowed in addition.</param>
/// <param name="EndTime">The time to integrate to; null for that of the schedule's lowest level.</param>
/// <param name="Denoise">Whether the denoiser's estimate is taken at the end, for one evaluation more.</param>
/// <param name="Norm">What an error's norm is taken over: a sample, or the batch as one vector as in the official code.</param>
public sealed record Rk45Options(
    [Description("Error allowed, relative to a number's size.")][Range(1e-12, 1)] double Rtol = 1e-5,
    [Description("Error allowed in addition.")][Range(1e-12, 1)] double Atol = 1e-5,
    [Description("Time to integrate to, of the VP or VE SDE; the schedule's lowest level if not given.")][Range(0, 1)] double? EndTime = null,
    [Description("Take the denoiser's estimate at the end, for one evaluation more.")] bool Denoise = true,
    [Description("Norm of errors: of each sample, or of the batch as one vector as in the official code.")] NormKind Norm = NormKind.Sample);
