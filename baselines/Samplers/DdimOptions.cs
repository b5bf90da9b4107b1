using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DdimSampler"/>.</summary>
/// <param name="Eta">0 is deterministic, 1 adds as much noise as DDPM.</param>
/// <param name="Grid">Where the levels lie on a continuous schedule.</param>
public sealed record DdimOptions(
    [Description("0 is deterministic, 1 adds as much noise as DDPM.")][Range(0, 1)] double Eta = 0,
    [Description("Levels on a continuous schedule: time (equal steps of the variance-preserving time) or log-snr.")] DdimGrid Grid = DdimGrid.Time);
