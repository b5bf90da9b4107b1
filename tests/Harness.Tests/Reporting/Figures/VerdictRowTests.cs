using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Figures.Makers;

namespace Dfx.Harness.Tests.Reporting.Figures;

public sealed class VerdictRowTests
{
    /// <summary>Of two comparisons the weaker one stands for the claim; its interval touches 0 where the whisker does.</summary>
    [Test]
    public void The_weakest_comparison_stands_for_the_claim()
    {
        var strong = MadeClaims.Below("s", Verdict.Reproduced, [-5, -5.1, -4.9]);
        var both = MadeClaims.Below("b", Verdict.Undecided, [-5, -5.1, -4.9], [-1, -2, 0.5]);
        var (first, second) = (VerdictRows.Of([strong]).Single(), VerdictRows.Of([both]).Single());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Low, Is.Positive, "the interval lies below 0");
            Assert.That(second.Low, Is.Negative.And.EqualTo(second.Effect - 1));
            Assert.That(second.Effect, Is.Positive.And.LessThan(1), "the mean does, but its interval does not");
            Assert.That(VerdictRows.Of([MadeClaims.Below("wrong", Verdict.Contradicted, [5, 5.1, 4.9])]).Single().High, Is.Negative);
            Assert.That(VerdictRows.Of([MadeClaims.Below("one seed", Verdict.Undecided, [1])]).Single().Effect, Is.Null);
        }
    }
}
