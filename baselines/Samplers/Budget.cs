namespace Dfx.Baselines;

/// <summary>What samplers do with a budget of evaluations.</summary>
internal static class Budget
{
    /// <summary>Levels from the noisiest down, and the clean level 0 behind them.</summary>
    internal static IReadOnlyList<double> ThenClean(double[] levels) => [.. levels, 0];

    /// <summary>The budget, if it allows for one evaluation at least.</summary>
    internal static int Checked(int nfe, string sampler) => nfe >= 1
        ? nfe
        : throw new NotApplicableException($"{sampler} needs at least 1 network evaluation, but the budget is {nfe}.");
}
