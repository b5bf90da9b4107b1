namespace Dfx.Baselines;

/// <summary>Which steps of a discrete schedule a sampler takes; a continuous schedule has a <see cref="DdimGrid"/> instead.</summary>
public enum StepSet
{
    /// <summary>Every k-th step from step 1 on (Song et al. 2021, DDIM, appendix D.2, "linear").</summary>
    Uniform,

    /// <summary>Steps whose square roots are equally spaced up to 0.8 T (Song et al. 2021, DDIM, appendix D.2, "quadratic").</summary>
    Quadratic,

    /// <summary>Equally spaced with both ends included, rounded (Nichol and Dhariwal 2021; "linear" of Bao et al. 2022).</summary>
    Respaced,
}
