namespace Dfx.Numerics.Tests.Noise;

/// <summary>The reference is tested too: a wrong one would pass wrong numbers.</summary>
internal sealed class ReferenceTests
{
    [TestCase(50, true)]
    [TestCase(130, false)]
    [TestCase(5, false)]
    public void A_count_far_from_its_expectation_is_not_credible(int count, bool expected) =>
        Assert.That(Reference.IsCredible(count, 1000, 0.05, 1e-6), Is.EqualTo(expected));
}
