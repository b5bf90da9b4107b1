using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="AnalyticDdimSampler"/>; the defaults are those of the papers' tables.</summary>
/// <param name="Eta">How much of DDPM's own noise is added to that of the model's variance.</param>
/// <param name="Clip">Whether the estimate of the clean images is clipped to [-1, 1] and its variance to [0, 1].</param>
/// <param name="NoiseClip">The most that the last noise may change a pixel by on average, in grey levels of 255; 0 for no limit.</param>
/// <param name="Steps">Which steps of a discrete schedule are taken.</param>
/// <param name="Grid">Where the levels lie on a continuous schedule.</param>
public sealed record AnalyticDdimOptions(
    [Description("How much of DDPM's own noise is added: 0 for none, 1 for all.")][Range(0, 1)] double Eta = 0,
    [Description("Clip the clean estimate to [-1, 1] and its variance to [0, 1]; not for other data.")] bool Clip = true,
    [Description("Most that the last noise may change a pixel by on average, of 255 grey levels; 0 for no limit.")][Range(0, 255)] double NoiseClip = 1,
    [Description(StepSetText.Description)] StepSet Steps = StepSet.RespacedFromOne,
    [Description("Levels on a continuous schedule: time (equal steps of the variance-preserving time) or log-snr.")] DdimGrid Grid = DdimGrid.Time);
