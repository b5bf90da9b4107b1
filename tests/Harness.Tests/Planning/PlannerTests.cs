using Dfx.Harness.Planning;
using Dfx.Harness.Tests.Matrix;

namespace Dfx.Harness.Tests.Planning;

/// <summary>From a matrix to jobs.</summary>
public sealed class PlannerTests
{
    [Test]
    public void What_several_cells_need_is_one_job()
    {
        var plan = Plans.Of(("methods", "[test-affine, test-variance]"), ("nfe", "[5, 6, 7]"), ("seeds", "[0, 1]"),
            ("corrections", "[none, { correction: test-shrink, source: test-affine }]"), ("analyses", "{ analysis: test-levels, method: test-affine }"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Count(plan, JobKind.Train), Is.EqualTo(2 * 2));
            Assert.That(Count(plan, JobKind.Correct), Is.EqualTo(2), "one a seed, whatever the target");
            Assert.That(Count(plan, JobKind.Cell), Is.EqualTo(2 * 3 * 2 * 2));
            Assert.That(Count(plan, JobKind.Sample), Is.EqualTo(2 * 3 * 2 * 2));
            Assert.That(Count(plan, JobKind.Analyse), Is.EqualTo(1));
            Assert.That(plan.Jobs.Select(j => j.Key), Is.Unique);
        }
    }

    [Test]
    public void Every_job_comes_after_its_needs()
    {
        var plan = Plans.Of(("methods", "[test-affine, test-variance, test-blur]"), ("samplers", "[test-euler, test-naive]"), ("seeds", "[0, 1]"),
            ("corrections", "[{ correction: test-shrink, source: test-variance, teacher: test-shrink }, none]"), ("analyses", "test-levels"));
        var seen = new HashSet<string>();
        foreach (var job in plan.Jobs)
        {
            Assert.That(seen.IsSupersetOf(job.Needs), job.Identity);
            seen.Add(job.Key);
        }
    }

    [Test]
    public void A_correction_needs_its_source_and_its_teacher()
    {
        var plan = Plans.Of(("corrections", "{ correction: test-shrink, source: test-variance, teacher: { correction: test-shrink, with: { stop: 2 } } }"));
        var source = plan.Jobs.Single(j => j.Kind == JobKind.Train && j.Model.Method!.Id == "test-variance");
        var target = plan.Jobs.Single(j => j.Kind == JobKind.Train && j.Model.Method!.Id == "test-affine");
        var teacher = plan.Jobs.Single(j => j.Kind == JobKind.Correct && j.Correction!.Teacher is null);
        var pupil = plan.Jobs.Single(j => j.Kind == JobKind.Correct && j.Correction!.Teacher is not null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(teacher.Needs, Is.EqualTo(new[] { source.Key }));
            Assert.That(pupil.Needs, Is.EqualTo(new[] { source.Key, teacher.Key }));
            Assert.That(plan.Trainings(plan.Cells.Single()), Is.EqualTo(new[] { target.Key, pupil.Key }));
            Assert.That(pupil.Correction!.Teacher!.Key, Is.EqualTo(teacher.Key));
        }
    }

    [Test]
    public void A_method_that_builds_on_another_needs_its_training()
    {
        var plan = Plans.Of(("methods", "[test-affine, { method: test-calibrated, source: test-affine }]"), ("nfe", "[5, 6]"));
        var source = plan.Jobs.Single(j => j.Kind == JobKind.Train && j.Model.Method!.Id == "test-affine");
        var fit = plan.Jobs.Single(j => j.Kind == JobKind.Train && j.Model.Method!.Id == "test-calibrated");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Needs, Is.EqualTo(new[] { source.Key }));
            Assert.That(fit.Model.Source!.Key, Is.EqualTo(source.Key));
            Assert.That(fit.Parts.Single(p => p.Key == "source").Value, Is.EqualTo(source.Key));
        }
    }

    [Test]
    public void A_source_of_its_own_is_trained_too()
    {
        var plan = Plans.Of(("methods", "{ method: test-calibrated, source: { method: test-affine, training: { steps: 7 } } }"));
        Assert.That(plan.Jobs.Where(j => j.Kind == JobKind.Train).Select(j => (j.Model.Method!.Id, j.Model.Training.Steps)), Is.EqualTo(new[] { ("test-affine", 7), ("test-calibrated", 20) }));
        Assert.That(plan.Cells.Select(c => c.Axes!["method"]), Is.All.EqualTo("test-calibrated"));
    }

    /// <summary>Ascending, each once; of a correction those of the cells that use it, and none of a cell without a number or a meaning.</summary>
    [Test]
    public void What_is_trained_is_told_the_budgets_of_its_cells()
    {
        var plan = Plans.Of(
            ("methods", "[{ method: test-affine, nfe: [9, 4] }, { method: test-variance, samplers: test-halving }, { method: test-blur, nfe: 5 }, { method: test-calibrated, source: { method: test-affine, with: { spread: 2 } } }]"),
            ("samplers", "[test-euler, { sampler: test-redraw, nfe: 6 }, { sampler: test-naive, nfe: 7 }]"), ("nfe", "[20, 3]"),
            ("corrections", "[none, { correction: test-shrink, source: { method: test-affine, with: { spread: 3 } } }]"));
        var told = plan.Jobs.Where(job => job.Kind is JobKind.Train or JobKind.Correct).ToDictionary(job => job.Identity.Split(" | ")[3], job => string.Join(' ', job.Budgets));
        Assert.That(told, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["test-affine"] = "4 7 9", // Euler's are the method's own; a denoiser restores too, and has no variance for 6
            ["test-variance"] = "",
            ["test-blur"] = "7",
            ["test-calibrated"] = "3 6 7 20",
            ["test-affine spread=2"] = "",
            ["test-affine spread=3"] = "",
            ["test-shrink"] = "3 4 6 7 9 20",
        }));
        Assert.That(plan.Jobs.Where(job => job.Kind is JobKind.Cell or JobKind.Analyse).Select(job => job.Budgets.Count), Is.All.Zero);
    }

    [Test]
    public void An_adaptive_sampler_has_one_cell_whatever_the_budgets()
    {
        var cells = Plans.Of(("samplers", "[test-euler, test-halving]"), ("nfe", "[5, 6, 7]")).Cells.Select(c => $"{c.Axes!["sampler"]} {c.Axes["nfe"]}");
        Assert.That(cells, Is.EqualTo(new[] { "test-euler 5", "test-euler 6", "test-euler 7", "test-halving free" }));
    }

    [Test]
    public void A_sampler_that_imposes_what_is_known_shares_the_model_of_plain_generation()
    {
        var plan = Plans.Of(("tasks", "[generate, test-half]"), ("samplers", "[test-euler, test-imposing]"));
        var cells = plan.Cells.ToDictionary(c => $"{c.Axes!["task"]} {c.Axes["sampler"]}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Count(plan, JobKind.Train), Is.EqualTo(2));
            Assert.That(plan.Trainings(cells["test-half test-imposing"]), Is.EqualTo(plan.Trainings(cells["generate test-euler"])));
            Assert.That(cells["test-half test-imposing"].Sampling!.Task.Id, Is.EqualTo("test-half"));
            Assert.That(cells["test-half test-imposing"].Model.Task.Id, Is.EqualTo("generate"));
            Assert.That(cells["generate test-imposing"].NotApplicable, Is.EqualTo("test-imposing restores what a task hides; generate hides nothing"));
        }
    }

    [Test]
    public void Every_checkpoint_is_a_cell_of_one_training()
    {
        var plan = Plans.Of(("training", "{ steps: 20, batch: 4, checkpoints: [0.1, 0.5, 1] }"));
        Assert.That(plan.Cells.Select(c => c.Axes!["steps"]), Is.EqualTo(new[] { "2", "10", "20" }));
        Assert.That(Count(plan, JobKind.Train), Is.EqualTo(1));
    }

    [Test]
    public void A_budget_in_evaluations_is_a_coordinate_beside_the_steps_that_it_lasts()
    {
        var plan = Plans.Of(("training", "{ evaluations: 78, batch: 4, checkpoints: [0.1, 0.5, 1] }"));
        Assert.That(plan.Cells.Select(c => (c.Axes!["evaluations"], c.Axes["steps"])), Is.EqualTo(new[] { ("8", "2"), ("39", "10"), ("78", "20") }));
        Assert.That(Plans.Of().Cells.Select(c => c.Axes!["evaluations"]), Is.All.Empty);
    }

    [Test]
    public void Every_average_is_a_cell_of_one_training()
    {
        var plan = Plans.Of(("training", "{ steps: 20, batch: 4, checkpoints: [0.5, 1], ema: [0.9, 0.99] }"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Cells.Select(c => $"{c.Axes!["steps"]} {c.Axes["ema"]}"), Is.EqualTo(new[] { "10 0.9", "10 0.99", "20 0.9", "20 0.99" }));
            Assert.That(plan.Cells.Select(c => c.Key).Distinct().Count(), Is.EqualTo(4));
            Assert.That(Count(plan, JobKind.Train), Is.EqualTo(1));
            Assert.That(plan.Cells.Last().Identity, Does.Contain("ema 0.99"));
        }
    }

    [Test]
    public void Settings_of_an_entry_override_those_of_the_dataset_and_of_all()
    {
        var plan = Plans.Of(
            ("datasets", "{ dataset: test-shapes, training: { batch: 6, steps: 7 }, network: { blocks: 3 } }"),
            ("network", "{ blocks: 2, channels: 8 }"),
            ("methods", "[test-affine, { method: test-variance, training: { steps: 9 }, network: { channels: 12 } }]"));
        var trains = plan.Jobs.Where(j => j.Kind == JobKind.Train).Select(j => j.Model).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trains.Select(m => (m.Training.Steps, m.Training.Batch)), Is.EqualTo(new[] { (7, 6), (9, 6) }));
            Assert.That(trains.Select(m => (m.Network.Blocks, m.Network.Channels)), Is.EqualTo(new[] { (3, 8), (3, 12) }));
        }
    }

    [Test]
    public void Budgets_are_the_samplers_else_the_methods_else_the_matrix()
    {
        var plan = Plans.Of(
            ("methods", "[test-affine, { method: test-variance, nfe: 3 }]"), ("samplers", "[test-euler, { sampler: test-naive, nfe: [1, 2] }]"));
        var cells = plan.Cells.Select(c => $"{c.Axes!["method"]} {c.Axes["sampler"]} {c.Axes["nfe"]}");
        Assert.That(cells, Is.EqualTo(new[]
        {
            "test-affine test-euler 5", "test-affine test-naive 1", "test-affine test-naive 2",
            "test-variance test-euler 3", "test-variance test-naive 1", "test-variance test-naive 2",
        }));
    }

    [Test]
    public void A_combination_without_meaning_has_a_reason()
    {
        var cells = Plans.Of(("methods", "[test-affine, test-blur]"), ("samplers", "[test-euler, test-redraw, test-naive]"),
            ("corrections", "[none, test-shrink]")).Cells.ToDictionary(c => $"{c.Axes!["method"]} {c.Axes["sampler"]} {c.Axes["correction"]}", c => c.NotApplicable);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cells, Has.Count.EqualTo(12));
            Assert.That(cells["test-affine test-euler none"], Is.Null);
            Assert.That(cells["test-affine test-naive test-shrink"], Is.Null, "a denoiser is a corruption model with C = I");
            Assert.That(cells["test-affine test-redraw none"], Is.EqualTo("test-affine trains a denoiser; test-redraw accepts a denoiser with variance"));
            Assert.That(cells["test-blur test-euler none"], Is.EqualTo("test-blur trains a corruption model; test-euler accepts a denoiser"));
            Assert.That(cells["test-blur test-naive none"], Is.Null);
            Assert.That(cells["test-blur test-naive test-shrink"], Is.EqualTo("test-shrink learns from a denoiser's trajectories; test-blur trains a corruption model"));
        }
    }

    /// <summary>A correction that cannot be made must not take the place of no correction, nor of another one.</summary>
    [TestCase("[none, test-shrink, { correction: test-shrink, name: other }]")]
    [TestCase("[test-shrink, { correction: test-shrink, name: other }, none]")]
    public void A_cell_without_meaning_takes_no_other_cells_place(string corrections)
    {
        var cells = Plans.Of(("methods", "test-blur"), ("samplers", "test-naive"), ("corrections", corrections)).Cells.ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cells.Select(c => c.Axes!["correction"]), Is.EquivalentTo(new[] { "none", "test-shrink", "other" }));
            Assert.That(cells.Single(c => c.Axes!["correction"] == "none").NotApplicable, Is.Null);
        }
    }

    [Test]
    public void Unless_the_matrix_says_otherwise_the_precision_is_automatic([Values] Sdk.Precision automatic)
    {
        Assert.That(Plans.Make(Matrices.Read(), automatic: automatic).Jobs[0].Model.Precision, Is.EqualTo(automatic));
        Assert.That(Plans.Make(Matrices.Read(("training", "{ steps: 9, batch: 1, precision: auto }")), automatic: automatic).Jobs[0].Model.Precision, Is.EqualTo(automatic));
        Assert.That(Plans.Make(Matrices.Read(("training", "{ steps: 9, batch: 1, precision: float32 }")), automatic: automatic).Jobs[0].Model.Precision, Is.EqualTo(Sdk.Precision.Float32));
    }

    /// <summary>100 000 cells: 10 methods, 1000 seeds, 10 budgets.</summary>
    [Test]
    public void A_large_matrix_is_planned_in_little_memory()
    {
        var methods = string.Join(", ", Enumerable.Range(1, 10).Select(i => $"{{ method: test-affine, with: {{ spread: {i} }} }}"));
        var matrix = Matrices.Read(("methods", $"[{methods}]"), ("seeds", $"[{string.Join(", ", Enumerable.Range(0, 1000))}]"), ("nfe", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var plan = Plans.Make(matrix);
        var seconds = clock.Elapsed.TotalSeconds;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Out.WriteLine($"{plan.Jobs.Count} jobs in {seconds:0.0} s and {bytes >> 20} MiB");
        Assert.That(plan.Cells.Count(), Is.EqualTo(100_000));
        Assert.That(bytes, Is.LessThan(1L << 30));
        GC.KeepAlive(plan);
    }

    private static int Count(Plan plan, JobKind kind) => plan.Jobs.Count(job => job.Kind == kind);
}
