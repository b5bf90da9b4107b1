using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;
using Dfx.Harness.Tests.Matrix;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Whose code runs in which job.</summary>
public sealed class JobCodeTests
{
    [TestCase("test-affine", "test-euler", "fd", "Sample", "Sample")]
    [TestCase("test-aborts", "test-euler", "fd", "CrashesNatively Sample", "CrashesNatively Sample")]
    [TestCase("test-affine", "test-leaves", "fd", "Sample", "Hostile Sample")]
    public void A_cell_has_all_that_it_is_made_of_and_a_training_what_trains(string method, string sampler, string metric, string training, string cell)
    {
        var plan = Plans.Make(Matrices.Read(("methods", method), ("samplers", sampler), ("metrics", metric)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(plan, JobKind.Train), Is.EqualTo(training));
            Assert.That(Names(plan, JobKind.Sample), Is.EqualTo(cell));
            Assert.That(Names(plan, JobKind.Cell), Is.EqualTo(cell), "one worker samples and measures");
        }
    }

    private static string Names(Plan plan, JobKind kind) =>
        string.Join(' ', JobCode.Of(plan.Jobs.Single(job => job.Kind == kind)).Select(path => Path.GetFileNameWithoutExtension(path)).Order());
}
