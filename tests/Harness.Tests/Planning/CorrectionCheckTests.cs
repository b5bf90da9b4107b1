using System.Text.Json;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Planning;

/// <summary>What corrections say of their options while a run is planned: before anything is trained.</summary>
internal sealed class CorrectionCheckTests
{
    private const string Sources = "[test-affine, { method: test-affine, name: other, with: { spread: 2 } }]";

    private ScratchFolder _scratch = null!;
    private WorkerSession _session = null!;

    [SetUp]
    public void Make() => (_scratch, _session) = (new(), new(new ScratchFolder().Path));

    [TearDown]
    public void Remove()
    {
        _session.Dispose();
        _scratch.Dispose();
    }

    [Test]
    public void What_cannot_work_at_all_is_an_error_of_the_matrix()
    {
        var refused = Assert.Throws<UsageException>(() => Planned("{ correction: test-shrink, name: high, with: { stop: 95 } }"))!;
        Assert.That(refused.Message, Does.EndWith("m.yaml: correction 'high' on 'test-affine': stop is 95; it is at most 90."));
    }

    [Test]
    public void What_has_no_meaning_with_a_source_is_not_applicable()
    {
        var plan = Planned("[none, test-shrink, { correction: test-shrink, name: high, with: { stop: 85 } }]");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Cells.Where(c => c.Axes!["correction"] != "high").Select(c => c.NotApplicable), Is.All.Null);
            Assert.That(plan.Cells.Where(c => c.Axes!["correction"] == "high").Select(c => c.NotApplicable), Is.EqualTo(new[]
            {
                "high on test-affine: stop is 85, and the source starts at 80.", "high on other: stop is 85, and the source starts at 80.",
            }));
            Assert.That(plan.Jobs.Count(j => j.Kind == JobKind.Correct), Is.EqualTo(2), "nothing is trained for it");
        }
    }

    [Test]
    public void A_source_whose_schedule_nobody_knows_yet_is_left_to_its_jobs() =>
        Assert.That(Planned("{ correction: test-shrink, with: { stop: 85 } }", "test-variance").Cells.Single().NotApplicable, Is.Null);

    [Test]
    public void A_teacher_is_asked_too() => Assert.That(
        Planned("{ correction: test-shrink, teacher: { correction: test-shrink, name: large, with: { stop: 85 } } }").Cells.First().NotApplicable,
        Does.StartWith("large on test-affine: stop is 85"));

    [Test]
    public void Corrections_that_learn_nothing_or_cannot_tell_are_no_matter() =>
        Assert.That(Planned("[test-stop, test-pairs]").Cells.Select(c => c.NotApplicable), Is.All.Null);

    [Test]
    public void Weights_that_training_reads_are_a_part_of_its_key()
    {
        const string Correction = "{ correction: test-shrink, with: { weights: net } }";
        Assert.That(Planned(Correction).Cells.First().NotApplicable, Does.EndWith("the weights net are missing."));

        var file = _scratch.Write("net.pth", "one");
        var before = Planned(Correction, added: id => id == "net" ? file : null);
        File.WriteAllText(file, "two");
        var after = Planned(Correction, added: _ => file);
        var jobs = ((Plan[])[before, after]).Select(plan => plan.Jobs.First(j => j.Kind == JobKind.Correct)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs[0].Parts.Single(p => p.Key == "weights net").Value, Is.EqualTo("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"), "sha256sum of 'one'");
            Assert.That(jobs[0].Key, Is.Not.EqualTo(jobs[1].Key));
            Assert.That(TrainingWeights.Path("net", jobs[1].Correction!.Weights, _ => file), Is.EqualTo(file));
            Assert.That(() => TrainingWeights.Path("net", jobs[0].Correction!.Weights, _ => file), Throws.TypeOf<DataUnavailableException>().With.Message.Contain("was planned with 7692c3ad"));
            Assert.That(() => TrainingWeights.Path("net", jobs[1].Correction!.Weights, _ => null), Throws.TypeOf<DataUnavailableException>().With.Message.Contain("dfx data add net"));
            Assert.That(() => TrainingWeights.Path("other", jobs[1].Correction!.Weights, _ => file), Throws.InvalidOperationException.With.Message.Contain("'other' were not asked for"));
        }
    }

    [Test]
    public void Corrections_without_weights_have_no_such_part() =>
        Assert.That(Planned("test-shrink").Jobs.SelectMany(j => j.Parts).Select(p => p.Key), Has.None.StartsWith("weights"));

    private Plan Planned(string corrections, string methods = Sources, Func<string, string?>? added = null)
    {
        var path = _scratch.Write("m.yaml", Matrices.Text(("methods", methods), ("corrections", corrections)));
        return Plans.Make(Harness.Matrix.MatrixReader.Read(path, TestPlugins.Catalog), corrections: question => CorrectionCheck.Of(_session, Sent(question), added ?? (_ => null)));
    }

    // As a worker gets it.
    private static CorrectionQuestion Sent(CorrectionQuestion question) =>
        JsonSerializer.Deserialize(MessageJson.Line(new() { Correction = question, Cache = "" }), MessageJson.Default.Request)!.Correction!;
}
