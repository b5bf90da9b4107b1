namespace Dfx.Baselines;

/// <summary>The correctors of Song et al. 2021.</summary>
public enum SdeCorrector
{
    /// <summary>The step size follows from the norms of score and noise (algorithms 4 and 5).</summary>
    Langevin,

    /// <summary>The step size follows from the noise level (Song and Ermon 2019).</summary>
    AnnealedLangevin,
}
