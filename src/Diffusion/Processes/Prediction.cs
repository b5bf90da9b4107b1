namespace Dfx.Diffusion;

/// <summary>What a network predicts of x_t = a x0 + s z.</summary>
public enum Prediction
{
    /// <summary>The noise z (Ho et al. 2020).</summary>
    Eps,

    /// <summary>The clean image x0.</summary>
    X0,

    /// <summary>v = a z - s x0 (Salimans and Ho 2022, appendix D).</summary>
    V,

    /// <summary>The score of x_t, -z / s.</summary>
    Score,
}
