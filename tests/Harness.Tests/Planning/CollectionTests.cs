using Dfx.Harness.Commands;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Planning.Pricing;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Store;

namespace Dfx.Harness.Tests.Planning;

/// <summary>Corrections that collect of their source, have checkpoints, or learn nothing: their jobs and keys.</summary>
internal sealed class CollectionTests
{
    private const string Pairs = "{ correction: test-pairs, source: test-affine }";

    [Test]
    public void A_collection_is_one_job_between_its_source_and_its_corrections()
    {
        var plan = Plans.Of(("corrections", "{ correction: test-pairs, source: test-variance, teacher: { correction: test-pairs, with: { strength: 2 } } }"));
        var (source, collect) = (Job(plan, JobKind.Train, "test-variance"), Job(plan, JobKind.Collect, "pairs"));
        var (teacher, pupil) = (Job(plan, JobKind.Correct, "strength=2"), Job(plan, JobKind.Correct, "| test-pairs |"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(collect.Needs, Is.EqualTo(new[] { source.Key }));
            Assert.That(teacher.Needs, Is.EqualTo(new[] { source.Key, collect.Key }));
            Assert.That(pupil.Needs, Is.EqualTo(new[] { source.Key, collect.Key, teacher.Key }));
            Assert.That(pupil.Correction!.Collection, Is.EqualTo(collect.Key));
            Assert.That(collect.Identity, Is.EqualTo("collect | test-shapes | generate | pairs | test-variance | seed 0"));
            Assert.That(collect.Correction!.Plugin.Options["strength"], Is.EqualTo("1"), "what decides nothing of it has its default");
        }
    }

    /// <summary>For each change, whether the keys of the collection and of the correction change.</summary>
    [TestCase("corrections", "{ correction: test-pairs, source: test-affine, with: { strength: 2 } }", false, true)]
    [TestCase("corrections", "{ correction: test-pairs, source: test-affine, training: { steps: 3 } }", false, true)]
    [TestCase("corrections", "{ correction: test-pairs, source: test-affine, training: { checkpoints: [0.5, 1] } }", false, true)]
    [TestCase("corrections", "{ correction: test-pairs, source: test-affine, teacher: test-shrink }", false, true)]
    [TestCase("corrections", "{ correction: test-pairs, source: test-affine, name: mine }", false, false)]
    [TestCase("corrections", "{ correction: test-pairs, source: test-affine, with: { pairs: 25 } }", true, true)]
    [TestCase("corrections", "{ correction: test-pairs, source: test-affine, with: { level: 0.6 } }", true, true)]
    [TestCase("corrections", "{ correction: test-pairs, source: test-variance }", true, true)]
    [TestCase("seeds", "1", true, true)]
    [TestCase("datasets", "{ dataset: test-shapes, with: { size: 9 } }", true, true)]
    [TestCase("training", "{ steps: 21, batch: 4 }", true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, flip: true }", true, true)]
    [TestCase("nfe", "6", false, false)]
    public void A_key_changes_with_what_decides_what_is_collected(string key, string value, bool collect, bool correct)
    {
        var (before, after) = (Plans.Of(("corrections", Pairs)), Plans.Make(Matrices.Read([("corrections", Pairs), (key, value)])));
        string Key(Plan plan, JobKind kind) => plan.Jobs.Last(job => job.Kind == kind).Key;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Key(after, JobKind.Collect) != Key(before, JobKind.Collect), Is.EqualTo(collect), "collection");
            Assert.That(Key(after, JobKind.Correct) != Key(before, JobKind.Correct), Is.EqualTo(correct), "correction");
        }
    }

    [Test]
    public void Every_checkpoint_of_a_correction_is_a_cell()
    {
        var plan = Plans.Of(("training", "{ steps: 20, batch: 4, checkpoints: [0.5, 1] }"), ("methods", "[test-affine, test-variance]"),
            ("corrections", "[none, { correction: test-pairs, training: { checkpoints: [0.25, 1] } }, { correction: test-pairs, source: test-affine, name: far, training: { checkpoints: [0.1, 1] } }, test-shrink]"));
        var cells = plan.Cells.Where(c => c.Axes!["method"] == "test-variance" && c.Axes["checkpoint"] == "1").ToDictionary(c => c.Axes!["correction"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cells.Keys, Is.EqualTo(new[] { "none", "test-pairs at 0.25", "test-pairs", "far at 0.1 from test-affine", "far from test-affine", "test-shrink" }));
            Assert.That(plan.Trainings(cells["test-pairs at 0.25"]), Is.EqualTo(plan.Trainings(cells["test-pairs"])), "one training");
            Assert.That(cells["test-pairs at 0.25"].Key, Is.Not.EqualTo(cells["test-pairs"].Key));
            Assert.That(cells.Values.Select(c => c.Sampling!.CorrectionCheckpoint), Is.EqualTo(new[] { 1, 0.25, 1, 0.1, 1, 1 }));
            Assert.That(cells["test-pairs"].Parts.Select(p => p.Key), Has.None.EqualTo("correction checkpoint"), "keys of the end are what they were");
            Assert.That(cells["test-shrink"].Correction!.Training.Checkpoints, Is.EqualTo(new[] { 1.0 }), "those of the models are none of its own");
        }
    }

    /// <summary>A short training of a correction is none the worse for many checkpoints of the models.</summary>
    [Test]
    public void Checkpoints_of_the_models_do_not_bind_a_correction() => Assert.That(
        Plans.Of(("training", "{ steps: 20, batch: 4, checkpoints: [0.25, 0.5, 1] }"), ("corrections", "{ correction: test-pairs, training: { steps: 2 } }")).Jobs.Single(j => j.Kind == JobKind.Correct).Correction!.Training.Steps,
        Is.EqualTo(2));

    [Test]
    public void Labels_tell_checkpoints_of_corrections_apart()
    {
        var labels = MatrixLabels.Of(Matrices.Read(("corrections", "[none, test-shrink, { correction: test-pairs, training: { checkpoints: [0.25, 1] } }]")))["correction"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(labels.Keys, Is.EqualTo(new[] { "test-pairs", "test-pairs at 0.25", "test-shrink" }));
            Assert.That(labels["test-pairs at 0.25"]["id"], Is.EqualTo("test-pairs"));
            Assert.That((labels["test-pairs at 0.25"]["checkpoint"], labels["test-pairs"]["checkpoint"]), Is.EqualTo(("0.25", "1")));
            Assert.That(labels["test-shrink"]["checkpoint"], Is.EqualTo("1"), "one query for those that have several and those that do not");
        }
    }

    [Test]
    public void What_learns_nothing_has_no_job()
    {
        var plan = Plans.Of(("methods", "[test-affine, test-variance, test-blur]"), ("samplers", "[test-euler, test-naive]"), ("tasks", "[generate, test-half]"), ("corrections", "[none, test-stop, { correction: test-stop, with: { level: 2 } }]"));
        var cells = plan.Cells.Where(c => c.Axes!["correction"] != "none").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Jobs.Count(j => j.Kind is JobKind.Correct or JobKind.Collect), Is.Zero);
            Assert.That(cells.Where(c => c.NotApplicable is null).Select(c => plan.Trainings(c).Count), Is.All.EqualTo(1));
            Assert.That(cells.Select(c => c.Correction!.Source.Key), Is.EqualTo(cells.Select(c => c.Model.Key)), "it is made in its target's context");
            Assert.That(cells.Select(c => c.Parts.Single(p => p.Key == "correction").Value), Is.All.StartsWith("test-stop evaluations=1 level="));
            Assert.That(plan.Cells.Select(c => c.Key), Is.Unique);
            Assert.That(cells.Where(c => c.Axes!["method"] == "test-blur" && c.Axes["sampler"] == "test-naive").Select(c => c.NotApplicable), Is.All.Null, "any model will do that a sampler samples");
        }
    }

    [Test]
    public void A_control_that_imposes_what_is_known_is_made_for_the_model_that_is_used()
    {
        var cell = Plans.Of(("tasks", "test-half"), ("samplers", "test-imposing"), ("corrections", "test-stop")).Cells.Single();
        Assert.That(cell.Correction!.Source, Is.EqualTo(cell.Model));
    }

    [TestCase("test-shrink")]
    [TestCase("test-stop")]
    [TestCase("{ correction: test-pairs, source: test-variance, name: p }")]
    public void An_adaptive_sampler_has_no_level_that_is_known_beforehand(string correction)
    {
        var cells = Plans.Of(("samplers", "[test-euler, test-halving]"), ("corrections", $"[none, {correction}]")).Cells.ToDictionary(c => (c.Axes!["sampler"], c.Axes["correction"] != "none"), c => c.NotApplicable);
        Assert.That(cells[("test-halving", true)], Does.EndWith("takes over at a level that the sampler publishes before it runs; test-halving chooses its levels as it goes"));
        Assert.That(cells.Where(c => c.Key != ("test-halving", true)).Select(c => c.Value), Is.All.Null);
    }

    [Test]
    public void A_rehearsal_collects_a_first_part_and_trains_on_it()
    {
        var plan = Plans.Of(("seeds", "[0, 1]"), ("corrections", "[{ correction: test-pairs, training: { checkpoints: [0.5, 1] } }, { correction: test-pairs, with: { strength: 2 }, teacher: test-shrink }, test-stop]"));
        var rehearsal = new Rehearsal(plan.Jobs, plan.Jobs.Select(job => job.Key).ToHashSet());
        var collect = rehearsal.Jobs.Single(job => job.Kind == JobKind.Collect);
        var keys = rehearsal.Jobs.Select(job => job.Key).ToHashSet();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(collect.FirstPartOnly, Is.True);
            Assert.That(plan.Jobs.Select(job => job.FirstPartOnly), Is.All.False);
            Assert.That(rehearsal.Jobs.Where(job => job.Kind == JobKind.Correct && job.Correction!.Plugin.Id == "test-pairs").Select(job => job.Correction!.Collection), Is.EqualTo(new[] { collect.Key, collect.Key }));
            Assert.That(keys.IsSupersetOf(rehearsal.Jobs.SelectMany(job => job.Needs)), Is.True);
            Assert.That(rehearsal.Jobs.Where(job => job.Kind == JobKind.Cell).Select(job => job.Sampling!.CorrectionCheckpoint), Is.All.EqualTo(1));
            Assert.That(plan.Jobs.Select(rehearsal.For), Has.None.Null);
        }
    }

    // 3 s to load the source, and 4 s for a fifth of the pairs.
    [TestCase(0.2, 3 + 20)]
    [TestCase(null, null)]
    public void A_collection_is_priced_by_the_share_that_its_first_part_is(double? share, double? seconds)
    {
        var plan = Plans.Of(("corrections", Pairs));
        var rehearsal = new Rehearsal(plan.Jobs, plan.Jobs.Select(job => job.Key).ToHashSet());
        var job = plan.Jobs.Single(job => job.Kind == JobKind.Collect);
        var record = Records.Of(rehearsal.For(job)!, Status.Ok, null) with { Timing = new() { Seconds = 7, CollectionSeconds = 4, CollectedShare = share } };
        var priced = Priced.Of([job], rehearsal, new Dictionary<string, JobRecord> { [record.Key] = record }, new Dictionary<string, double> { [record.Key] = 7 }, 1);
        using var output = new StringWriter();
        PlanTotals.Write(output, priced, 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(priced.Seconds, Is.EqualTo(seconds ?? 0).Within(1e-9));
            Assert.That(output.ToString(), share is null ? Does.Contain("not in it: 1 collect jobs, whose rehearsal failed or did not say which share of it was done") : Does.Not.Contain("not in it"));
        }
    }

    /// <summary>A job whose source failed says so: one that is tried again, and one that is not.</summary>
    [TestCase(Status.Error, "needs job t, whose last try failed: it went wrong")]
    [TestCase(Status.Diverged, "will not run, since job t is diverged: it went wrong")]
    [TestCase(Status.NotApplicable, "will not run, since job t is not-applicable: it went wrong")]
    [TestCase(Status.Ok, null)]
    public void What_waits_for_a_failed_job_says_so(Status status, string? words)
    {
        Job[] jobs = [TestRecords.Job("t"), TestRecords.Job("c", JobKind.Collect, "t"), TestRecords.Job("r", JobKind.Correct, "t", "c"), TestRecords.Job("x", JobKind.Cell, "r"), TestRecords.Job("y", JobKind.Cell)];
        var standing = status.IsFinal() ? Standing.Cached : Standing.Failed;
        var blocked = Blocking.Of([.. jobs.Select((job, i) => new Compared(job, i == 0 ? standing : Standing.Missing, [], i == 0 ? TestRecords.Record("t", status) with { Message = "it went wrong" } : null))]);
        Assert.That(blocked.ToDictionary(b => b.Key, b => Blocking.Words(b.Value)), Is.EqualTo(words is null ? [] : new Dictionary<string, string> { ["c"] = words, ["r"] = words, ["x"] = words }));
    }

    private static Job Job(Plan plan, JobKind kind, string part) => plan.Jobs.Single(job => job.Kind == kind && job.Identity.Contains(part, StringComparison.Ordinal));
}
