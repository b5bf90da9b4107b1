using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DdimSampler"/>.</summary>
/// <param name="Eta">0 is deterministic, 1 adds as much noise as DDPM.</param>
/// <param name="Grid">Where the levels lie.</param>
public sealed record DdimOptions(
    [Description("0 is deterministic, 1 adds as much noise as DDPM.")][Range(0, 1)] double Eta = 0,
    [Description("Equal steps of the VP process' time, of the log-SNR (continuous schedules only), or of the time's root.")]
    DdimGrid Grid = DdimGrid.Time);
