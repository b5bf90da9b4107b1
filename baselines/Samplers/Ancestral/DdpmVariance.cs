namespace Dfx.Baselines;

/// <summary>The two variances of DDPM's reverse steps: the extremes of what is right for data of unit variance and for a single point.</summary>
public enum DdpmVariance
{
    /// <summary>That of q(x_u | x_t, x0): exact for a single point. Too small for other data.</summary>
    Small,

    /// <summary>That of the forward step, beta: exact for unit normals. Too large for other data.</summary>
    Large,
}
