using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Tests.Reporting.Statistics;

/// <summary>
/// Distributions against SciPy 1.10.1: <c>x = special.betaincinv(df / 2, 0.5, 1 - level); sqrt(df * (1 / x - 1))</c> (its <c>stats.t.isf</c> is off by
/// up to 1e-9, as the closed forms show), <c>stats.f.isf(0.025, d1, d2)</c> and <c>special.betainc(a / 2, b / 2, x)</c>.
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

    /// <summary>One degree of freedom is the Cauchy distribution, two have a closed form.</summary>
    [TestCase(0.4)]
    [TestCase(0.05)]
    [TestCase(1e-6)]
    public void Quantiles_of_t_in_closed_form(double tail)
    {
        var two = (1 - (2 * tail)) * Math.Sqrt(2 / (4 * tail * (1 - tail)));
        Assert.That(StudentT.UpperQuantile(tail, 1), Is.EqualTo(1 / Math.Tan(Math.PI * tail)).Within(1e-9).Percent);
        Assert.That(StudentT.UpperQuantile(tail, 2), Is.EqualTo(two).Within(1e-9).Percent);
    }

    [TestCase(1, 1, 647.7890114778446)]
    [TestCase(2, 2, 39)]
    [TestCase(2, 4, 10.649110640673513)]
    [TestCase(9, 5, 6.681054346460905)]
    public void Quantiles_of_F(int numerator, int denominator, double expected) =>
        Assert.That(FisherF.UpperQuantile(0.025, numerator, denominator), Is.EqualTo(expected).Within(1e-9 * expected));

    [TestCase(0.1, 1, 1, 0.2048327646991335)]
    [TestCase(0.5, 3, 4, 0.6187184335382292)]
    [TestCase(0.9, 7, 2, 0.6915901242788245)]
    [TestCase(1e-06, 2, 1, 5.000001250000626e-07)]
    [TestCase(0.999, 1, 9, 0.9999999999999918)]
    [TestCase(0.3, 101, 57, 2.5426366242524137e-10)]
    [TestCase(0, 3, 3, 0)]
    [TestCase(1, 3, 3, 1)]
    public void The_incomplete_beta_function(double x, int a, int b, double expected) =>
        Assert.That(HalfIntegerBeta.Regularised(x, a, b), Is.EqualTo(expected).Within(1e-11 * expected));
}
