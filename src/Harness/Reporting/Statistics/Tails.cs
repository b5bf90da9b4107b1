using MathNet.Numerics.RootFinding;

namespace Dfx.Harness.Reporting.Statistics;

/// <summary>Quantiles of positive numbers from their upper tail.</summary>
/// <remarks>
/// Both logarithms are close to linear in each other, so Brent's method finds a tail of 1e-15 as well as one of 0.4. MathNet.Numerics 5.0.0 has
/// quantiles of its own, <c>StudentT.InvCDF</c> and <c>FisherSnedecor.InvCDF</c>, that compare probabilities near 0 or 1 instead: they throw for two
/// seeds and 100 comparisons (one degree of freedom, tail 0.00025) and are wrong without a word for ten seeds at 1e-12 (-800 instead of 51.4).
/// </remarks>
internal static class Tails
{
    private const double Accuracy = 1e-15;
    private const int Steps = 200;

    /// <summary>The x above 0 with P(X &gt; x) = <paramref name="tail"/>.</summary>
    internal static double Quantile(Func<double, double> upperTail, double tail) => Math.Exp(Brent.FindRootExpand(
        log => Math.Log(upperTail(Math.Exp(log)) / tail), -1, 1, Accuracy, Steps, maxExpandIteratons: Steps));
}
