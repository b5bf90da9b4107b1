namespace Dfx.Baselines;

/// <summary>
/// How many times longer than the last one a step may be. Hairer, Nørsett and Wanner (1993, section II.4) take a bound between 1.5 and 5. Where a
/// sample has steps of its own it is 2: far from the data a short step has an error of rounding alone, which differs from batch to batch, and under
/// a looser bound a power of that error would choose the next step.
/// </summary>
internal static class StepGrowth
{
    private const double OfSamples = 2;

    /// <summary>The bound.</summary>
    /// <param name="norm">What errors are measured over.</param>
    /// <param name="official">The bound of the official code, whose steps a norm over the batch takes; infinite for none.</param>
    internal static double Most(NormKind norm, double official) => norm == NormKind.Sample ? OfSamples : official;
}
