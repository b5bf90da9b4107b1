using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DdimSampler"/>.</summary>
/// <param name="Eta">0 is deterministic, 1 adds as much noise as DDPM.</param>
/// <param name="Grid">Where the levels lie on a continuous schedule.</param>
/// <param name="Steps">Which steps of a discrete schedule are taken.</param>
/// <param name="Clip">Whether the estimate of the clean images is clipped to [-1, 1]; the noise is computed anew from what is left.</param>
/// <param name="Known">What is done about pixels that the task knows for sure.</param>
/// <param name="Beyond">Whether a budget of more evaluations than a discrete schedule has steps is used in full.</param>
public sealed record DdimOptions(
    [Description("0 is deterministic, 1 adds as much noise as DDPM.")][Range(0, 1)] double Eta = 0,
    [Description("Levels on a continuous schedule: equal steps of the VP process' time, of the log-SNR, or of the time's root (quadratic).")] DdimGrid Grid = DdimGrid.Time,
    [Description(StepSetText.Description)] StepSet Steps = StepSet.Uniform,
    [Description("Clip the estimate of the clean images to [-1, 1], as guided-diffusion does.")] bool Clip = false,
    [Description("Pixels that the task knows for sure: free (the network is told them), or impose (x0 + sigma z in every state, with the noise z of the start).")] KnownRule Known = KnownRule.Free,
    [Description("More evaluations than a discrete schedule has steps: stop (take its steps), or interpolate (fractional steps, marked beyond T).")] BeyondRule Beyond = BeyondRule.Stop);
