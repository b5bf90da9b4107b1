using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>The parameters of <see cref="NeighboursAnalysis"/>.</summary>
/// <param name="Samples">How many samples.</param>
/// <param name="Nfe">The budget of the sampler.</param>
public sealed record NeighboursOptions(
    [Description("Samples of the model, and test images beside them.")][Range(2, 100_000)] int Samples = 256,
    [Description("The budget of the momentum sampler, in evaluations an image.")][Range(1, 100_000)] int Nfe = 64);
