using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DpmSolverAdaptiveSampler"/>; the defaults are those of the paper for images.</summary>
/// <param name="Order">2 for DPM-Solver-12, 3 for DPM-Solver-23.</param>
/// <param name="InitialStep">The first step in lambda.</param>
/// <param name="Rtol">The error allowed, relative to a number's size.</param>
/// <param name="Atol">The error allowed at least.</param>
/// <param name="Theta">How careful the next step is.</param>
/// <param name="Denoise">Whether the denoiser's estimate is taken at the end, for one evaluation more.</param>
/// <param name="Norm">Whether each sample has its own steps or the worst sample of the batch decides, as in the official code.</param>
public sealed record DpmSolverAdaptiveOptions(
    [Description("2 for DPM-Solver-12, 3 for DPM-Solver-23.")][Range(2, 3)] int Order = 3,
    [Description("First step in lambda, half of the log signal-to-noise ratio.")][Range(1e-6, 10)] double InitialStep = 0.05,
    [Description("Error allowed, relative to a number's size.")][Range(1e-12, 1)] double Rtol = 0.05,
    [Description("Error allowed at least.")][Range(1e-12, 1)] double Atol = 0.0078,
    [Description("How careful the next step is.")][Range(0.01, 1)] double Theta = 0.9,
    [Description("Take the denoiser's estimate at the end, for one evaluation more.")] bool Denoise = true,
    [Description("Steps of each sample, or of the batch by its worst sample as in the official code.")] NormKind Norm = NormKind.Sample);
