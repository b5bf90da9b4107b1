namespace Dfx.Baselines;

/// <summary>Which steps of a discrete schedule a sampler takes; a continuous schedule has a <see cref="DdimGrid"/> instead.</summary>
public enum StepSet
{
    /// <summary>Every k-th step from step 1 on (Song et al. 2021, DDIM, appendix D.2, "linear").</summary>
    Uniform,

    /// <summary>Steps whose square roots are equally spaced up to 0.8 T (Song et al. 2021, DDIM, appendix D.2, "quadratic").</summary>
    Quadratic,

    /// <summary>
    /// Equally spaced with both ends included, and rounded where the first step is 0 (Nichol and Dhariwal 2021, "respacing"). A single one
    /// is the first step.
    /// </summary>
    Respaced,

    /// <summary>
    /// The same, rounded where the first step is 1: "linear" of Analytic-DPM (Bao et al. 2022), whose halves fall on other steps. A single one,
    /// which that code does not have, is the last step.
    /// </summary>
    RespacedFromOne,
}

/// <summary>What <c>dfx list</c> says of a <see cref="StepSet"/>.</summary>
internal static class StepSetText
{
    internal const string Description =
        "Steps of a discrete schedule: uniform, quadratic, respaced, or respaced-from-one as in Analytic-DPM. One step is step 1, where hardly any noise is "
        + "left to remove, and with respaced-from-one the last, T; two are 1 and T when respaced, 1 and T / 2 + 1 when uniform, 1 and 0.8 T + 1 when quadratic.";
}
