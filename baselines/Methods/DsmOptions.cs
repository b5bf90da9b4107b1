using System.ComponentModel;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="DsmMethod"/>.</summary>
/// <param name="Process">The noise schedule with its preconditioning, training levels and weight.</param>
public sealed record DsmOptions([Description("Noise schedule with its preconditioning, training levels and weight: edm, ve, vp, sub-vp or iddpm.")] ProcessKind Process = ProcessKind.Edm);
