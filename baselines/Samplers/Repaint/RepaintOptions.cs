using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="RepaintSampler"/>.</summary>
/// <param name="Jump">How many levels a jump goes back up.</param>
/// <param name="Resamplings">How often each stretch of levels is walked; 1 for no jumps.</param>
/// <param name="Variance">The variance of the reverse steps.</param>
/// <param name="Clip">Whether the estimate of the clean images is clipped to [-1, 1].</param>
public sealed record RepaintOptions(
    [Description("How many levels a jump goes back up (j).")][Range(1, 1000)] int Jump = 10,
    [Description("How often each stretch of levels is walked (r); 1 for no jumps.")][Range(1, 1000)] int Resamplings = 10,
    [Description("Variance of the reverse steps: small (of the posterior) or large (beta).")] DdpmVariance Variance = DdpmVariance.Small,
    [Description("Clip the estimate of the clean images to [-1, 1].")] bool Clip = true);
