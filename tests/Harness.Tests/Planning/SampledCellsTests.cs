using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Tests.Planning;

/// <summary>A cell is two jobs, of which each may have a result.</summary>
internal sealed class SampledCellsTests
{
    private ScratchFolder _scratch = null!;
    private ResultsFolder _folder = null!;

    [SetUp]
    public void Make()
    {
        _scratch = new();
        _folder = new(_scratch.At("results"));
        _folder.Create();
    }

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void A_measured_cell_was_sampled()
    {
        var plan = Finished("test-mean", keep: true);
        Assert.That(Compare(plan).Select(one => one.Standing), Is.All.EqualTo(Standing.Cached));
        Assert.That(ToDo(plan), Is.Empty);
    }

    /// <summary>One metric more, one less, other options, and another build of the metrics.</summary>
    [TestCase("[test-mean, test-mse]")]
    [TestCase("{ metric: test-misvalues, with: { fault: low } }")]
    [TestCase("test-mse")]
    public void Other_metrics_are_measured_from_the_samples(string metrics)
    {
        _ = Finished("[test-mean, { metric: test-misvalues, with: { fault: high } }]", keep: true);
        var plan = Plan(metrics);
        var compared = Compare(plan);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compared.Single(one => one.Job.Kind == JobKind.Cell).Changed, Is.EqualTo(new[] { "metrics" }));
            Assert.That(ToDo(plan), Is.EqualTo(new[] { JobKind.Cell }));
        }
    }

    [Test]
    public void Without_samples_they_are_made_again()
    {
        _ = Finished("test-mean", keep: false);
        Assert.That(ToDo(Plan("test-mse")), Is.EqualTo(new[] { JobKind.Sample, JobKind.Cell }));
    }

    [TestCase("kid", "generated", true)]
    [TestCase("[fd, kid, precision]", "generated", true)]
    [TestCase("is", "generated", false)]
    [TestCase("is", "logits", true)]
    [TestCase("{ metric: kid, with: { extractor: r64 } }", "generated", false)]
    [TestCase("{ metric: kid, with: { extractor: r64 } }", "generated-r64", true)]
    [TestCase("{ metric: nearest-train, with: { space: pixels } }", "generated", false)]
    [TestCase("[kid, psnr]", "generated", false)]
    [TestCase("[kid, test-mean]", "generated", false)]
    [TestCase("[kid, lpips-vgg]", "generated", false)]
    public void Features_will_do_for_metrics_that_look_at_nothing_else(string metrics, string array, bool suffice)
    {
        var cell = Finished("fd", keep: false).Cells.Single();
        using var values = torch.zeros(2, 2);
        Npz.Save(Path.Combine(_folder.MakeArtifacts(cell.Key), "features.npz"), [new(array, values), new("first", values)]);
        Assert.That(ToDo(Plan(metrics)), Is.EqualTo(suffice ? [JobKind.Cell] : new[] { JobKind.Sample, JobKind.Cell }));
    }

    /// <summary>A host that sampled and measured in one job kept the samples with the cell.</summary>
    [Test]
    public void Samples_of_earlier_hosts_count()
    {
        var cell = Finished("test-mean", keep: false).Cells.Single();
        File.WriteAllText(Path.Combine(_folder.MakeArtifacts(cell.Key), "samples.npz"), "");
        var plan = Plan("test-mse");
        Assert.That(ToDo(plan), Is.EqualTo(new[] { JobKind.Cell }));
        Assert.That(Compare(plan)[^1].Job.Earlier, Is.EqualTo(cell.Key));
    }

    [Test]
    public void Samples_of_other_code_do_not()
    {
        _ = Finished("test-mean", keep: true);
        Assert.That(ToDo(Plan("test-mse", ("nfe", "6"))), Is.EqualTo(new[] { JobKind.Sample, JobKind.Cell }));
        Assert.That(ToDo(Plan("test-mse", ("training", "{ steps: 21, batch: 4 }"))), Is.EqualTo(new[] { JobKind.Train, JobKind.Sample, JobKind.Cell }));
    }

    /// <summary>The values of the others stay: a cell of which a metric failed is an earlier record of itself.</summary>
    [Test]
    public void A_cell_of_which_a_metric_failed_is_measured_again()
    {
        var plan = Finished("test-mean", keep: true);
        var cell = plan.Cells.Single();
        RecordFiles.Write(_folder, Record(cell) with { Status = Status.Error, Message = "metric test-mean: broken" });
        Assert.That(ToDo(plan), Is.EqualTo(new[] { JobKind.Cell }));
        Assert.That(Compare(plan)[^1].Job.Earlier, Is.EqualTo(cell.Key));
    }

    /// <summary>What became of the samples became of the cell: a failure is tried again, the rest stands.</summary>
    [TestCase(Status.NotApplicable, Standing.Cached)]
    [TestCase(Status.Diverged, Standing.Cached)]
    [TestCase(Status.Oom, Standing.Missing)]
    public void A_cell_whose_samples_failed_has_no_other_result(Status status, object standing)
    {
        var plan = Finished("test-mean", keep: false);
        File.Delete(_folder.RecordPath(plan.Cells.Single().Key));
        RecordFiles.Write(_folder, Records.Of(plan.Jobs.Single(job => job.Kind == JobKind.Sample), status, "why"));
        var cell = Compare(plan).Single(one => one.Job.Kind == JobKind.Cell);
        Assert.That(cell.Standing, Is.EqualTo(standing));
        Assert.That(cell.Record?.Message, Is.EqualTo(status == Status.Oom ? null : "why"));
        Assert.That(ToDo(plan), Is.EqualTo(status == Status.Oom ? [JobKind.Sample, JobKind.Cell] : Array.Empty<JobKind>()));
    }

    /// <summary>A bit that a disk changed: nothing is measured from the file, and what it has is made anew.</summary>
    [TestCase("samples.npz", "auto")]
    [TestCase("samples.npz", "samples")]
    [TestCase("features.npz", "auto")]
    public void Damaged_files_are_made_anew(string file, string keep)
    {
        var finished = Finished("fd", keep: false);
        var (sample, cell) = (finished.Jobs.Single(job => job.Kind == JobKind.Sample), finished.Cells.Single());
        var path = Path.Combine(_folder.MakeArtifacts(file == "samples.npz" ? sample.Key : cell.Key), file);
        using var values = torch.arange(300);
        Npz.Save(path, [new(file == "samples.npz" ? "samples" : "generated", values), new("first", values)]);
        Assert.That(Verified("kid", keep, []), Is.EqualTo(new[] { JobKind.Cell }));

        var bytes = File.ReadAllBytes(path);
        bytes[400] ^= 4;
        File.WriteAllBytes(path, bytes);
        List<string> told = [];
        Assert.That(Verified("kid", keep, told), Is.EqualTo(new[] { JobKind.Sample, JobKind.Cell }));
        Assert.That(told.Single(), Does.StartWith(path).And.Contain("made anew"));
    }

    /// <summary>A copy that went wrong: a sound file of another job. The record has the checksum of its own.</summary>
    [TestCase("samples.npz")]
    [TestCase("features.npz")]
    public void Files_of_other_jobs_are_made_anew(string file)
    {
        var finished = Finished("fd", keep: false);
        var owner = file == "samples.npz" ? finished.Jobs.Single(job => job.Kind == JobKind.Sample) : finished.Cells.Single();
        var path = Path.Combine(_folder.MakeArtifacts(owner.Key), file);
        using (var values = torch.arange(300))
        {
            Npz.Save(path, [new(file == "samples.npz" ? "samples" : "generated", values), new("first", values)]);
        }

        RecordFiles.Write(_folder, Record(owner) with { Checksums = Soundness.Of(_folder.ArtifactsOf(owner.Key), [file]) });
        Assert.That(Verified("kid", "auto", []), Is.EqualTo(new[] { JobKind.Cell }));

        using (var values = torch.arange(1, 301))
        {
            Npz.Save(path, [new(file == "samples.npz" ? "samples" : "generated", values), new("first", values)]);
        }

        List<string> told = [];
        Assert.That(Verified("kid", "auto", told), Is.EqualTo(new[] { JobKind.Sample, JobKind.Cell }));
        Assert.That(told.Single(), Does.StartWith(path).And.Contain("it is not the file that record"));
        Assert.That((File.Exists(path), File.Exists(path + SoundFiles.Suffix)), Is.EqualTo((false, true)), "the job that makes it anew does not find it");
    }

    /// <summary>Every report reads them, so they are looked at whether a job needs them or not.</summary>
    [Test]
    public void The_damaged_table_of_an_analysis_is_made_anew()
    {
        var plan = Plan("fd", ("analyses", "test-levels"));
        var analysis = plan.Jobs.Single(job => job.Kind == JobKind.Analyse);
        var table = Path.Combine(_folder.MakeArtifacts(analysis.Key), "table.csv");
        File.WriteAllText(table, "sigma,error\n1,2\n");
        foreach (var job in plan.Jobs.Where(job => job.Kind != JobKind.Sample))
        {
            var record = Record(job);
            RecordFiles.Write(_folder, job == analysis ? record with { Outcome = record.Outcome with { Files = ["table.csv"] }, Checksums = Soundness.Of(_folder.ArtifactsOf(job.Key), ["table.csv"]) } : record);
        }

        List<string> told = [];
        IEnumerable<Job> ToDo() => new RunPlan(Comparison.Of(plan, _folder, told.Add, usable: new SoundFiles(_folder, told.Add).Contains), _folder, "", new(TimeSpan.MaxValue, 1), new("cpu", []), 1, 1).ToDo;
        Assert.That(ToDo(), Is.Empty);
        File.WriteAllText(table, "sigma,error\n1,3\n");
        Assert.That(ToDo().Select(job => job.Key), Is.EqualTo(new[] { analysis.Key }));
        Assert.That(told.Single(), Does.StartWith(table));
    }

    private IEnumerable<JobKind> Verified(string metrics, string keep, List<string> told) =>
        new RunPlan(Comparison.Of(Plan(metrics, ("keep", keep)), _folder, told.Add, usable: new SoundFiles(_folder, told.Add).Contains), _folder, "", new(TimeSpan.MaxValue, 1), new("cpu", []), 1, 1).ToDo.Select(job => job.Kind);

    private static Plan Plan(string metrics, params ReadOnlySpan<(string, string?)> changes) => Plans.Make(Matrices.Read([("metrics", metrics), .. changes]));

    /// <summary>A plan all of whose jobs have results.</summary>
    private Plan Finished(string metrics, bool keep)
    {
        var plan = Plan(metrics);
        foreach (var job in plan.Jobs.Where(job => job.Kind != JobKind.Sample))
        {
            RecordFiles.Write(_folder, Record(job));
        }

        if (keep)
        {
            File.WriteAllText(Path.Combine(_folder.MakeArtifacts(plan.Jobs.Single(job => job.Kind == JobKind.Sample).Key), "samples.npz"), "");
        }

        return plan;
    }

    private static JobRecord Record(Job job) => Records.Of(job, Status.Ok, null) with { Outcome = new() { NfeUsed = 5 } };

    private IReadOnlyList<Compared> Compare(Plan plan) => Comparison.Of(plan, _folder, Assert.Fail);

    private IEnumerable<JobKind> ToDo(Plan plan) => new RunPlan(Compare(plan), _folder, "", new(TimeSpan.MaxValue, 1), new("cpu", []), 1, 1).ToDo.Select(job => job.Kind);
}
