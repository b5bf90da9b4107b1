using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>The parameters of <see cref="StripsAnalysis"/>.</summary>
/// <param name="Nfe">The budget of the sampler.</param>
/// <param name="Images">Images that are shown.</param>
/// <param name="Columns">Levels that are shown.</param>
/// <param name="States">Images that the table is about.</param>
public sealed record StripsOptions(
    [Description("The budget of the momentum sampler, in evaluations an image.")][Range(1, 100_000)] int Nfe = 64,
    [Description("Images of each process that are shown, at most the states.")][Range(1, 100)] int Images = 6,
    [Description("Levels of each process that are shown, at most all of them.")][Range(2, 100)] int Columns = 10,
    [Description("Images of each process that the table is about.")][Range(2, 1024)] int States = 64);
