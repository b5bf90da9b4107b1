using Dfx.Harness.Planning;
using Dfx.Harness.Planning.Pricing;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Planning;

/// <summary>Options that change only how a trained model is used are no part of its training, and a part of all that uses it.</summary>
public sealed class InferenceTests
{
    private const string Plain = "test-prior";
    private const string Wide = "{ method: test-prior, with: { prior: 2 } }";

    [Test]
    public void Entries_that_differ_in_such_options_alone_are_cells_of_one_training()
    {
        var plan = Plans.Of(("methods", $"[{Plain}, {Wide}, {{ method: test-prior, with: {{ spread: 3, prior: 2 }} }}]"));
        var trains = Jobs(plan, JobKind.Train);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trains.Select(j => j.Identity), Is.EqualTo(new[] { "train | test-shapes | generate | test-prior | seed 0", "train | test-shapes | generate | test-prior spread=3 | seed 0" }));
            Assert.That(trains.Select(j => j.Model.Method!.Options["prior"]), Is.All.EqualTo("1"), "training has the defaults");
            Assert.That(trains.SelectMany(j => j.Parts).Select(p => p.Value), Has.None.Contains("prior="));
            Assert.That(plan.Cells.Select(c => c.Axes!["method"]), Is.EqualTo(new[] { "test-prior", "test-prior prior=2", "test-prior spread=3 prior=2" }));
            Assert.That(plan.Cells.Select(c => plan.Trainings(c).Single()), Is.EqualTo(new[] { trains[0].Key, trains[0].Key, trains[1].Key }));
            Assert.That(plan.Cells.Select(c => c.Model.Key), Is.EqualTo(plan.Cells.Select(c => plan.Trainings(c).Single())));
            Assert.That(plan.Cells.Select(c => c.Model.Method!.Options["prior"]), Is.EqualTo(new[] { "1", "2", "2" }));
            Assert.That(plan.Cells.Select(c => c.Parts.Single(p => p.Key == "inference").Value), Is.EqualTo(new[] { "prior=1", "prior=2", "prior=2" }));
            Assert.That(plan.Jobs.Select(j => j.Key), Is.Unique);
        }
    }

    [Test]
    public void A_training_is_the_same_whatever_a_matrix_writes_and_calls_it()
    {
        var plans = ((string[])[Plain, Wide, "{ method: test-prior, name: mine, with: { prior: 9 } }"]).Select(method => Plans.Of(("methods", method))).ToList();
        Assert.That(plans.Select(plan => Jobs(plan, JobKind.Train).Single().Key).Distinct().Count(), Is.EqualTo(1));
        Assert.That(plans.Select(plan => plan.Cells.Single().Key), Is.Unique);
        Assert.That(Jobs(plans[2], JobKind.Train).Single().Identity, Does.Contain("| mine |"));
    }

    /// <summary>A correction learns from trajectories, a fit from outputs, an analysis from whatever it asks for.</summary>
    [TestCase("corrections", "{{ correction: test-shrink, source: {0} }}", "Correct", "source inference")]
    [TestCase("analyses", "{{ analysis: test-levels, method: {0} }}", "Analyse", "inference")]
    [TestCase("methods", "{{ method: test-calibrated, source: {0} }}", "Train", "source inference")]
    public void What_is_made_of_a_trained_model_is_made_of_it_as_it_is_used(string axis, string entry, string kind, string part)
    {
        var plans = ((string[])[Plain, Wide]).Select(method => Plans.Of((axis, string.Format(System.Globalization.CultureInfo.InvariantCulture, entry, method)))).ToList();
        var made = plans.ConvertAll(plan => Jobs(plan, Enum.Parse<JobKind>(kind)).Single(j => j.Parts.Any(p => p.Key == part)));
        var used = made.ConvertAll(job => job.Correction?.Source ?? job.Model.Source ?? job.Model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(made[0].Key, Is.Not.EqualTo(made[1].Key));
            Assert.That(made[0].Needs, Is.EqualTo(made[1].Needs), "one training");
            Assert.That(made.Select(job => job.Parts.Single(p => p.Key == part).Value), Is.EqualTo(new[] { "prior=1", "prior=2" }));
            Assert.That(used.Select(model => (model.Key, model.Method!.Options["prior"])), Is.EqualTo(new[] { (made[0].Needs[0], "1"), (made[0].Needs[0], "2") }));
        }
    }

    [Test]
    public void A_correction_of_each_method_itself_is_one_for_each_use()
    {
        var plan = Plans.Of(("methods", $"[{Plain}, {Wide}]"), ("corrections", "test-shrink"));
        Assert.That((Jobs(plan, JobKind.Train).Count, Jobs(plan, JobKind.Correct).Count), Is.EqualTo((1, 2)));
        Assert.That(Jobs(plan, JobKind.Correct).Select(j => j.Identity), Is.EqualTo(new[] { "correct | test-shapes | generate | test-shrink | test-prior | seed 0", "correct | test-shapes | generate | test-shrink | test-prior prior=2 | seed 0" }));
        Assert.That(plan.Cells.Select(c => c.Correction!.Source.Method!.Options["prior"]), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void Methods_without_such_options_have_no_such_part() =>
        Assert.That(Plans.Of(("corrections", "[none, test-shrink]"), ("analyses", "{ analysis: test-levels, method: test-affine }")).Jobs.SelectMany(j => j.Parts).Select(p => p.Key), Has.None.Contains("inference"));

    [Test]
    public void A_plan_says_that_a_cell_is_stale_for_such_an_option_and_its_training_is_not()
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.At("results"));
        folder.Create();
        foreach (var job in Plans.Of(("methods", "{ method: test-prior, name: mine }")).Jobs)
        {
            RecordFiles.Write(folder, Records.Of(job, Status.Ok, null));
        }

        var compared = Comparison.Of(Plans.Of(("methods", "{ method: test-prior, name: mine, with: { prior: 2 } }")), folder, text => Assert.Fail(text));
        Assert.That(compared.Select(c => (c.Job.Kind, string.Join(", ", c.Changed))), Does.Contain((JobKind.Cell, "inference")));
        Assert.That(compared.Where(c => c.Job.Kind == JobKind.Train).SelectMany(c => c.Changed), Is.Empty);
    }

    [Test]
    public void A_rehearsal_uses_models_as_the_plan_does()
    {
        var plan = Plans.Of(("methods", $"[{Plain}, {Wide}]"), ("seeds", "[0, 1]"), ("corrections", "test-shrink"));
        var rehearsed = new Rehearsal(plan.Jobs, plan.Jobs.Select(job => job.Key).ToHashSet()).Jobs;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rehearsed.Where(j => j.Kind == JobKind.Cell).Select(j => j.Model.Method!.Options["prior"]), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(rehearsed.Where(j => j.Kind == JobKind.Correct).Select(j => j.Correction!.Source.Method!.Options["prior"]), Is.EqualTo(new[] { "1", "2" }));
        }
    }

    [Test]
    public void Corrections_that_differ_in_such_options_alone_are_cells_of_one_training()
    {
        var plan = Plans.Of(("corrections", "[{ correction: test-pairs, name: plain }, { correction: test-pairs, name: loud, with: { gain: 2 } }, { correction: test-pairs, with: { strength: 3, gain: 2 } }, test-shrink]"));
        var (corrects, cells) = (Jobs(plan, JobKind.Correct), plan.Cells.ToDictionary(c => c.Axes!["correction"]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Jobs(plan, JobKind.Collect), Has.Count.EqualTo(1));
            Assert.That(corrects.Select(j => j.Identity), Is.EqualTo(new[] { "plain", "test-pairs strength=3", "test-shrink" }.Select(label => $"correct | test-shapes | generate | {label} | test-affine | seed 0")));
            Assert.That(corrects.Take(2).Select(j => j.Correction!.Plugin.Options["gain"]), Is.All.EqualTo("1"), "training has the defaults");
            Assert.That(corrects.SelectMany(j => j.Parts).Select(p => p.Value), Has.None.Contains("gain="));
            Assert.That(plan.Trainings(cells["loud"]), Is.EqualTo(plan.Trainings(cells["plain"])), "one training");
            Assert.That(plan.Trainings(cells["test-pairs strength=3 gain=2"]), Is.Not.EqualTo(plan.Trainings(cells["plain"])));
            Assert.That((cells["plain"].Correction!.Plugin.Options["gain"], cells["loud"].Correction!.Plugin.Options["gain"]), Is.EqualTo(("1", "2")));
            Assert.That(cells["loud"].Parts.Single(p => p.Key == "correction inference").Value, Is.EqualTo("gain=2"));
            Assert.That(cells["test-shrink"].Parts.Select(p => p.Key), Has.None.Contains("inference"), "keys of those that have no such options are what they were");
            Assert.That(plan.Jobs.Select(j => j.Key), Is.Unique);
        }
    }

    [Test]
    public void A_pupil_learns_from_its_teacher_as_that_is_used()
    {
        var plans = ((int[])[1, 2]).Select(gain => Plans.Of(("corrections", $"{{ correction: test-pairs, teacher: {{ correction: test-pairs, with: {{ strength: 3, gain: {gain} }} }} }}"))).ToList();
        var pupils = plans.ConvertAll(plan => Jobs(plan, JobKind.Correct).Single(j => j.Correction!.Teacher is not null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pupils[0].Key, Is.Not.EqualTo(pupils[1].Key));
            Assert.That(pupils[0].Needs, Is.EqualTo(pupils[1].Needs), "one training of the teacher");
            Assert.That(pupils.Select(j => j.Parts.Single(p => p.Key == "teacher inference").Value), Is.EqualTo(new[] { "gain=1", "gain=2" }));
            Assert.That(pupils.Select(j => j.Correction!.Teacher!.Plugin.Options["gain"]), Is.EqualTo(new[] { "1", "2" }));
        }
    }

    [Test]
    public void A_rehearsal_uses_corrections_as_the_plan_does()
    {
        var plan = Plans.Of(("seeds", "[0, 1]"), ("corrections", "[test-pairs, { correction: test-pairs, with: { gain: 2 } }]"));
        var rehearsed = new Rehearsal(plan.Jobs, plan.Jobs.Select(job => job.Key).ToHashSet()).Jobs;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rehearsed.Where(j => j.Kind == JobKind.Cell).Select(j => j.Correction!.Plugin.Options["gain"]), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(rehearsed.Count(j => j.Kind == JobKind.Correct), Is.EqualTo(1));
        }
    }

    /// <summary>Where a residual correction takes over decides nothing of its training, nor of its pairs.</summary>
    [Test]
    public void Residual_corrections_that_take_over_elsewhere_are_one_training()
    {
        using var scratch = new ScratchFolder();
        const string Corrections = "[residual, { correction: residual, name: early, with: { at: 0.05 } }, { correction: residual, name: below, with: { rule: first-below } }, { correction: residual, name: small, with: { size: t } }, "
            + "{ correction: distill, teacher: residual }, { correction: distill, name: pupil, with: { at: 0.05 }, teacher: residual }]";
        var text = $"datasets: proc-faces\ntraining: {{ steps: 2, batch: 4 }}\nmethods: dsm\nsamplers: heun\nnfe: 9\nsamples: 4\nmetrics: psnr\ncorrections: {Corrections}\n";
        var plan = Plans.Make(Harness.Matrix.MatrixReader.Read(scratch.Write("m.yaml", text), Harness.Plugins.PluginCatalog.Discover()));
        var needs = plan.Cells.ToDictionary(c => c.Axes!["correction"], c => plan.Trainings(c)[^1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Jobs(plan, JobKind.Collect).Count, Jobs(plan, JobKind.Correct).Count), Is.EqualTo((1, 3)));
            Assert.That((needs["early"], needs["below"]), Is.EqualTo((needs["residual"], needs["residual"])));
            Assert.That(needs["small"], Is.Not.EqualTo(needs["residual"]));
            Assert.That(needs["pupil"], Is.EqualTo(needs["distill"]));
            Assert.That(plan.Cells.Select(c => c.Key), Is.Unique);
        }
    }

    [Test]
    public void Labels_stand_for_all_options() =>
        Assert.That(Harness.Matrix.MatrixLabels.Of(Matrices.Read(("methods", $"[{Plain}, {Wide}]")))["method"].ToDictionary(l => l.Key, l => l.Value["prior"]),
            Is.EqualTo(new Dictionary<string, string> { ["test-prior"] = "1", ["test-prior prior=2"] = "2" }));

    private static List<Job> Jobs(Plan plan, JobKind kind) => [.. plan.Jobs.Where(job => job.Kind == kind)];
}
