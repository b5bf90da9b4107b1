using Dfx.Harness.Commands;
using Dfx.Harness.Doctor;

namespace Dfx.Harness.Tests;

/// <summary>What the doctor says of the machine that the tests run on.</summary>
public sealed class DoctorTests
{
    [Test]
    public void A_machine_that_runs_the_tests_lacks_nothing()
    {
        using var output = new StringWriter();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DoctorCommand.Run(output), Is.Zero, output.ToString());
            Assert.That(output.ToString(), Does.Contain("libtorch 2.").And.Contain("TorchSharp 0.107.0 was built for 2.10.0").And.Contain("self-test cpu"));
        }
    }

    [Test]
    public void Every_finding_that_is_not_well_has_a_remedy()
    {
        var findings = Examination.All().ToList();
        Assert.That(findings.Where(f => f.State != State.Ok && f.Remedy is null), Is.Empty);
    }

    [Test]
    public void Every_finding_is_one_line() => Assert.That(Examination.All().Where(f => f.Text.Contains('\n', StringComparison.Ordinal)), Is.Empty);
}
