namespace Dfx.Baselines;

/// <summary>What samplers do with a budget of evaluations.</summary>
internal static class Budget
{
    /// <summary>Levels from the noisiest down, and the clean level 0 behind them.</summary>
    internal static IReadOnlyList<double> ThenClean(double[] levels) => [.. levels, 0];

    /// <summary>The budget, if it allows for as many evaluations as the sampler needs.</summary>
    /// <exception cref="NotApplicableException">It does not.</exception>
    internal static int Checked(int nfe, string sampler, int least = 1) => nfe >= least
        ? nfe
        : throw new NotApplicableException($"{sampler} needs at least {least} network evaluation{(least == 1 ? "" : "s")}, but the budget is {nfe}.");

    /// <summary>The budget of a sampler with an evaluation a step, if the corruption can be reversed in as many steps.</summary>
    /// <exception cref="NotApplicableException">It cannot.</exception>
    internal static int Checked(int nfe, string sampler, ICorruption corruption) => Checked(nfe, sampler) >= corruption.MinSteps
        ? nfe
        : throw new NotApplicableException($"{sampler} takes a step an evaluation, and this corruption is reversed in {corruption.MinSteps} steps or more: the budget is {nfe}, and {corruption.MinSteps} would do.");
}
