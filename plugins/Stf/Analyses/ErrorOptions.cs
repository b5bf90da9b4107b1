using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Stf.Analyses;

/// <summary>The parameters of <see cref="ErrorAnalysis"/>.</summary>
/// <param name="Points">Training images that the best denoiser is computed over.</param>
/// <param name="SigmaMin">The lowest noise level.</param>
/// <param name="SigmaMax">The highest noise level.</param>
/// <param name="Levels">How many noise levels.</param>
/// <param name="States">Noisy images a level.</param>
public sealed record ErrorOptions(
    [Description("Training images that the best denoiser is computed over, at most all of them.")][Range(1, 1_000_000)] int Points = 16384,
    [Description("The lowest noise level.")][Range(1e-6, 1e6)] double SigmaMin = 0.02,
    [Description("The highest noise level.")][Range(1e-6, 1e6)] double SigmaMax = 80,
    [Description("Noise levels, geometric.")][Range(2, 1000)] int Levels = 10,
    [Description("Noisy images a level.")][Range(2, 10_000)] int States = 64);
