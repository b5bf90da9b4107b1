using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="AnalyticDdpmSampler"/>; the defaults are those of the papers for linear betas.</summary>
/// <inheritdoc cref="AnalyticDdimOptions" path="/param"/>
public sealed record AnalyticDdpmOptions(
    [Description("Clip the clean estimate to [-1, 1] and its variance to [0, 1]; not for other data.")] bool Clip = true,
    [Description("Most that the last noise may change a pixel by on average, of 255 grey levels; 0 for no limit.")][Range(0, 255)] double NoiseClip = 2,
    [Description(StepSetText.Description)] StepSet Steps = StepSet.RespacedFromOne,
    [Description("Levels on a continuous schedule: time (equal steps of the variance-preserving time) or log-snr.")] DdimGrid Grid = DdimGrid.Time);
