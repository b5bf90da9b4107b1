using System.ComponentModel;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="SnMethod"/>.</summary>
/// <param name="Npr">Whether the network learns the squared residual of the noise (NPR-DDIM) instead of the squared noise (SN-DDIM).</param>
public sealed record SnOptions(
    [Description("Learn the squared residual of the noise (NPR-DDIM) instead of the squared noise (SN-DDIM).")] bool Npr = false);
