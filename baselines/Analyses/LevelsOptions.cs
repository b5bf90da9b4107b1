using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="LevelsAnalysis"/>.</summary>
/// <param name="Nfe">The budget.</param>
public sealed record LevelsOptions([Description("The budget of every sampler, in evaluations an image.")][Range(1, 100_000)] int Nfe = 20);
