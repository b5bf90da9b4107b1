using System.ComponentModel;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DdpmSampler"/>.</summary>
/// <param name="Variance">The variance of the reverse steps.</param>
/// <param name="Clip">Whether the estimate of the clean images is clipped to [-1, 1].</param>
/// <param name="Steps">Which steps of a discrete schedule are taken.</param>
/// <param name="Grid">Where the levels lie on a continuous schedule.</param>
public sealed record DdpmSamplerOptions(
    [Description("Variance of the reverse steps: small (of the posterior) or large (beta).")] DdpmVariance Variance = DdpmVariance.Large,
    [Description("Clip the estimate of the clean images to [-1, 1]; not for other data.")] bool Clip = true,
    [Description(StepSetText.Description)] StepSet Steps = StepSet.Respaced,
    [Description("Levels on a continuous schedule: time (equal steps of the variance-preserving time) or log-snr.")] DdimGrid Grid = DdimGrid.Time);
