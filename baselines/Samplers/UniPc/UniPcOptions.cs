using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="UniPcSampler"/>; the authors' defaults for unconditional CIFAR-10.</summary>
/// <param name="Order">The order p of the predictor; with the corrector the run converges with order p + 1.</param>
/// <param name="Function">The function B(h).</param>
/// <param name="Prediction">What is expanded along a trajectory.</param>
/// <param name="Corrector">UniC after every step but the last; without it the sampler is UniP.</param>
/// <param name="Grid">Where the levels lie.</param>
/// <param name="LowerOrderFinal">Lower orders in the last steps.</param>
/// <param name="DenoiseToZero">Whether one evaluation at the last level ends the run on clean images.</param>
/// <param name="SigmaMin">The last level, before the step to 0 if there is one; null for the schedule's.</param>
public sealed record UniPcOptions(
    [Description("The order p of the predictor; with the corrector the run converges with order p + 1.")][Range(1, 3)] int Order = 3,
    [Description("The function B(h): bh1 (h) or bh2 (exp(h) - 1).")] UniPcFunction Function = UniPcFunction.Bh1,
    [Description("What is expanded along a trajectory: data (the clean image) or noise.")] SolverPrediction Prediction = SolverPrediction.Data,
    [Description("UniC after every step but the last, at no evaluation; without it the sampler is UniP.")] bool Corrector = true,
    [Description("Levels in equal steps of log-snr, of the variance-preserving time, or of its square root (quadratic).")] SolverGrid Grid = SolverGrid.LogSnr,
    [Description("Lower orders in the last steps.")] bool LowerOrderFinal = true,
    [Description("End on clean images by one evaluation at the last level; it counts in the budget.")] bool DenoiseToZero = false,
    [Description("The last level before 0; the schedule's if not given.")][Range(1e-6, 1e6)] double? SigmaMin = null);
