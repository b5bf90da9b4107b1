using System.Runtime.InteropServices;

namespace Dfx.Torch.Tests.Lifetime;

/// <summary>No call ends the process: what cannot work throws, in one line, and the library goes on.</summary>
[NonParallelizable]
public sealed class BadCallTests
{
    private static IEnumerable<TestCaseData> Cases => BadCalls.All.Select((c, i) => new TestCaseData(i).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(Cases))]
    public void A_bad_call_throws_and_harms_nothing(int which)
    {
        var (_, call) = BadCalls.All.ElementAt(which);
        using var scope = torch.NewDisposeScope();
        var error = Assert.Catch(() => call());
        Assert.That(error, Is.Not.InstanceOf<AccessViolationException>());
        Assert.That(error!.Message, Is.Not.Empty);
        Assert.That(error is ExternalException && error.Message.Contains('\n'), Is.False, error.Message);
        Assert.That((torch.ones(2, 2).matmul(torch.ones(2, 1)) + 1).sum().ToDouble(), Is.EqualTo(6), "the library still works");
    }

    [Test]
    public void There_are_hundreds_of_them() => Assert.That(BadCalls.All.Count(), Is.GreaterThan(300));

    [Test]
    public void A_device_that_is_not_there_is_said_with_its_remedy()
    {
        Assume.That(torch.cuda.is_available(), Is.False);
        var error = Assert.Throws(Is.InstanceOf<ExternalException>(), () => torch.zeros(2, device: torch.CUDA));
        Assert.That(error!.Message, Does.Contain("cuda:0").And.Contain("DFX_LIBTORCH").And.Not.Contain("\n"));
    }

    [Test]
    public void Lack_of_memory_has_its_own_code() =>
        Assert.That(() => torch.empty(1L << 50), Throws.InstanceOf<ExternalException>().With.Property("ErrorCode").EqualTo(unchecked((int)0x8007000E)));

    [Test]
    public void An_error_names_the_call_and_the_shapes() =>
        Assert.That(
            () => torch.ones(2, 3).matmul(torch.ones([4, 5], torch.float32)),
            Throws.InstanceOf<ExternalException>().With.Message.Contains("matmul").And.Message.Contains("[2, 3]").And.Message.Contains("[4, 5]"));

    [Test]
    public void An_error_is_that_of_its_own_call()
    {
        Assert.That(() => torch.ones(2).matmul(torch.ones(3)), Throws.InstanceOf<ExternalException>());
        using var none = torch.ones(2).grad;
        Assert.That(none, Is.Null, "no result is not taken for the error of before");
    }
}
