using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DdimSampler"/>.</summary>
/// <param name="Eta">0 is deterministic, 1 adds as much noise as DDPM.</param>
/// <param name="Grid">Where the levels lie on a continuous schedule.</param>
/// <param name="Steps">Which steps of a discrete schedule are taken.</param>
/// <param name="Clip">Whether the estimate of the clean images is clipped to [-1, 1]; the noise is computed anew from what is left.</param>
public sealed record DdimOptions(
    [Description("0 is deterministic, 1 adds as much noise as DDPM.")][Range(0, 1)] double Eta = 0,
    [Description("Levels on a continuous schedule: equal steps of the VP process' time, of the log-SNR, or of the time's root (quadratic).")] DdimGrid Grid = DdimGrid.Time,
    [Description("Steps of a discrete schedule: uniform, quadratic, respaced, or respaced-from-one as in Analytic-DPM.")] StepSet Steps = StepSet.Uniform,
    [Description("Clip the estimate of the clean images to [-1, 1], as guided-diffusion does.")] bool Clip = false);
