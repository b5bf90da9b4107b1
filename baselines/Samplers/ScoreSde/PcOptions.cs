using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="PcSampler"/>; the defaults are those of NCSN++ on CIFAR-10.</summary>
/// <param name="Predictor">The step between two levels.</param>
/// <param name="Corrector">What sets the corrector's step size.</param>
/// <param name="Snr">The signal-to-noise ratio that the corrector's step size aims at.</param>
/// <param name="CorrectorSteps">Corrector steps a level.</param>
/// <param name="Norm">What the norms of score and noise are taken over: a sample, or the batch as in the official code.</param>
public sealed record PcOptions(
    [Description("Step between two levels: reverse-diffusion, ancestral or euler-maruyama.")] SdePredictor Predictor = SdePredictor.ReverseDiffusion,
    [Description("Corrector: langevin or annealed-langevin.")] SdeCorrector Corrector = SdeCorrector.Langevin,
    [Description("Signal-to-noise ratio that the corrector's step size aims at.")][Range(1e-6, 10)] double Snr = 0.16,
    [Description("Corrector steps a level.")][Range(1, 1000)] int CorrectorSteps = 1,
    [Description("Norms of the corrector's step size: of each sample, or batch means as in the official code.")] NormKind Norm = NormKind.Sample);
