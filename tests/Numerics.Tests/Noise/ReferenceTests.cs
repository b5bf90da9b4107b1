namespace Dfx.Numerics.Tests.Noise;

/// <summary>The reference is tested too: a wrong one would pass wrong numbers.</summary>
internal sealed class ReferenceTests
{
    // Abramowitz and Stegun, tables 7.1 and 26.2, and their complements; both sides of the switch between the two methods.
    [TestCase(0, 1)]
    [TestCase(0.5, 0.4795001221869535)]
    [TestCase(1, 0.15729920705028513)]
    [TestCase(-1, 1.8427007929497148)]
    [TestCase(2, 0.004677734981047266)]
    [TestCase(3, 2.209049699858544e-05)]
    [TestCase(4, 1.541725790028002e-08)]
    public void Erfc_has_the_tabulated_values(double x, double expected) =>
        Assert.That(Reference.Erfc(x), Is.EqualTo(expected).Within(1e-12).Percent.Or.EqualTo(expected).Within(1e-15));

    [TestCase(50, true)]
    [TestCase(130, false)]
    [TestCase(5, false)]
    public void A_count_far_from_its_expectation_is_not_credible(int count, bool expected) =>
        Assert.That(Reference.IsCredible(count, 1000, 0.05, 1e-6), Is.EqualTo(expected));
}
