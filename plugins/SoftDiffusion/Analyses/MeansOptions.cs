using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>The parameters of <see cref="MeansAnalysis"/>.</summary>
/// <param name="Images">Test images that are shown.</param>
/// <param name="States">Test images that the table is about.</param>
/// <param name="Levels">How many levels.</param>
public sealed record MeansOptions(
    [Description("Test images that are shown, at most the states.")][Range(1, 100)] int Images = 8,
    [Description("Test images that errors are averaged over, at most all of them.")][Range(2, 100_000)] int States = 256,
    [Description("Levels t, equally far apart from the lowest one to 1.")][Range(2, 1000)] int Levels = 8);
