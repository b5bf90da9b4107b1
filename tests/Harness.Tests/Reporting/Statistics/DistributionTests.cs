using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Tests.Reporting.Statistics;

/// <summary>
/// Distributions against SciPy 1.10.1: <c>x = special.betaincinv(df / 2, 0.5, 1 - level); sqrt(df * (1 / x - 1))</c> (its <c>stats.t.isf</c> is off by
/// up to 1e-9) and <c>stats.f.isf(0.025, d1, d2)</c>. Far tails are from mpmath 1.3.0: bisection of its <c>betainc</c>
/// with 40 digits. Where a comment says so, the quantiles of MathNet.Numerics 5.0.0 itself would throw or be wrong.
/// </summary>
public sealed class DistributionTests
{
    [TestCase(1, 0.95, 12.706204736174696)]
    [TestCase(1, 0.99, 63.656741162871526)]
    [TestCase(1, 0.9979166666666667, 305.5763999048789)]
    [TestCase(2, 0.95, 4.302652729749462)]
    [TestCase(2, 0.9979166666666667, 21.874654771594354)]
    [TestCase(3, 0.95, 3.182446305283708)]
    [TestCase(4, 0.95, 2.7764451051977934)]
    [TestCase(9, 0.99, 3.2498355415921263)]
    [TestCase(30, 0.95, 2.0422724563012378)]
    [TestCase(30, 0.9979166666666667, 3.3696353057712742)]
    public void Quantiles_of_t(int freedom, double level, double expected) =>
        Assert.That(StudentT.UpperQuantile((1 - level) / 2, freedom), Is.EqualTo(expected).Within(1e-11 * expected));

    /// <summary>Levels of many comparisons: 0.05 over 100 of them with two seeds is a tail of 0.00025.</summary>
    [TestCase(1, 2.5e-4, 1273.2392829357641)] // throws
    [TestCase(1, 2.5e-6, 127323.95447089826)] // throws
    [TestCase(2, 2.5e-6, 447.21191844722786)] // off by 3e-8
    [TestCase(2, 1e-9, 22360.679741456877)] // throws
    [TestCase(4, 1e-12, 1316.0727465592565)] // throws
    [TestCase(9, 1e-12, 51.414916023282231)] // -800
    [TestCase(30, 1e-15, 14.925858475139001)] // wrong by a factor of 50
    [TestCase(99, 2.5e-6, 4.8291255516366868)]
    [TestCase(1000, 1e-12, 7.1242289253144091)] // off by a third
    public void Quantiles_of_t_far_in_the_tail(int freedom, double tail, double expected) =>
        Assert.That(StudentT.UpperQuantile(tail, freedom), Is.EqualTo(expected).Within(1e-12 * expected));

    /// <summary>The square of t is F with one degree of freedom above.</summary>
    [Test]
    public void Quantiles_of_t_and_F_agree([Values(1, 2, 5)] int freedom, [Values(0.4, 0.05, 1e-6)] double tail) =>
        Assert.That(Math.Pow(StudentT.UpperQuantile(tail / 2, freedom), 2), Is.EqualTo(FisherF.UpperQuantile(tail, 1, freedom)).Within(1e-9).Percent);

    [TestCase(1, 1, 647.7890114778446)]
    [TestCase(2, 2, 39)]
    [TestCase(2, 4, 10.649110640673513)]
    [TestCase(9, 5, 6.681054346460905)]
    [TestCase(2, 4, 18.0, 0.01)]
    [TestCase(1, 1, 4052.180695476829, 0.01)] // throws
    [TestCase(1, 1, 64845557530.429496, 2.5e-6)] // throws
    [TestCase(30, 1, 1001.4144080879448, 0.025)] // throws
    [TestCase(9, 5, 7123.6828050794489, 1e-9)] // throws
    [TestCase(99, 99, 2.55009889460067, 2.5e-6)]
    public void Quantiles_of_F(int numerator, int denominator, double expected, double tail = 0.025) =>
        Assert.That(FisherF.UpperQuantile(tail, numerator, denominator), Is.EqualTo(expected).Within(1e-9 * expected));
}
