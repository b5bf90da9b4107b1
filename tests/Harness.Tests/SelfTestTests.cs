using System.Diagnostics;
using Dfx.Harness.Doctor;

namespace Dfx.Harness.Tests;

/// <summary>The self-test finds a libtorch that computes wrong numbers, and takes no time where it does not.</summary>
public sealed class SelfTestTests
{
    [Test]
    public void This_libtorch_computes_what_it_should() => Assert.That(SelfTest.Of(torch.CPU), Is.Null);

    // The least of a few: other work on the machine says nothing about the self-test.
    [Test]
    public void It_takes_less_than_a_third_of_a_second() =>
        Assert.That(Enumerable.Range(0, 5).Min(_ => Seconds()), Is.LessThan(0.3));

    /// <summary>Every number is looked at: one that is off by one is found.</summary>
    [TestCaseSource(nameof(Operations))]
    public void A_wrong_number_is_told_in_one_line(string operation)
    {
        var wrong = SelfTest.Numbers.Select(n => n.Operation == operation ? n with { Compute = device => n.Compute(device) + 1 } : n);
        Assert.That(SelfTest.Of(torch.CPU, wrong), Does.StartWith($"libtorch computes wrong numbers on cpu: {operation} gave ").And.Not.Contain('\n'));
    }

    [Test]
    public void A_number_that_is_not_finite_is_wrong() =>
        Assert.That(SelfTest.Of(torch.CPU, [SelfTest.Numbers[0] with { Compute = _ => double.NaN }]), Does.Contain("convolution gave NaN"));

    private static double Seconds()
    {
        var watch = Stopwatch.StartNew();
        _ = SelfTest.Of(torch.CPU);
        return watch.Elapsed.TotalSeconds;
    }

    private static IEnumerable<string> Operations => SelfTest.Numbers.Select(n => n.Operation);
}
