using Dfx.Harness.Execution.Host;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Store;

namespace Dfx.Harness.Tests.Planning;

/// <summary>A plan beside the records.</summary>
internal sealed class ComparisonTests
{
    private static readonly string[] s_methodAndSeed = ["method", "seed"];

    private static readonly SamplingSpec s_sampling = new(
        new(Harness.Plugins.PluginKind.Sampler, "s", "S", "", "", new Dictionary<string, string>()), null!, 1, 1, 0, 1, 1, [], KeepRule.Nothing);

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

    [TestCase(Status.Ok, Standing.Cached)]
    [TestCase(Status.NotApplicable, Standing.Cached)]
    [TestCase(Status.Diverged, Standing.Cached)]
    [TestCase(Status.Error, Standing.Failed)]
    [TestCase(Status.Oom, Standing.Failed)]
    [TestCase(Status.Timeout, Standing.Failed)]
    [TestCase(Status.Crashed, Standing.Failed)]
    public void A_job_with_a_record_is_cached_or_failed(Status status, object standing)
    {
        RecordFiles.Write(_folder, TestRecords.Record("k", status));
        var one = Of(TestRecords.Job("k"));
        Assert.That(one.Standing, Is.EqualTo(standing));
        Assert.That(one.Record!.Status, Is.EqualTo(status));
    }

    [Test]
    public void A_job_without_a_record_is_missing_or_has_no_meaning()
    {
        Assert.That(Of(TestRecords.Job("k")).Standing, Is.EqualTo(Standing.Missing));
        Assert.That(Of(TestRecords.Job("k") with { NotApplicable = "no" }).Standing, Is.EqualTo(Standing.NotApplicable));
    }

    [Test]
    public void A_job_whose_identity_has_another_key_is_stale_and_says_why()
    {
        RecordFiles.Write(_folder, TestRecords.Record("old") with { Identity = "job k", Parts = new Dictionary<string, string> { ["method"] = "other" } });
        var one = Of(TestRecords.Job("k"));
        Assert.That(one.Standing, Is.EqualTo(Standing.Stale));
        Assert.That(one.Changed, Is.EqualTo(s_methodAndSeed));
    }

    /// <summary>A record that the host wrote for a worker that died has no time of its end.</summary>
    [TestCase("a", "b")]
    [TestCase("b", "a")]
    public void Of_several_old_ones_the_newest_is_told_of(string untimed, string timed)
    {
        var old = TestRecords.Record("") with { Identity = "job k" };
        RecordFiles.Write(_folder, old with { Key = untimed, Parts = new Dictionary<string, string> { ["method"] = "x", ["seed"] = "x" } });
        RecordFiles.Write(_folder, old with { Key = timed, Parts = new Dictionary<string, string> { ["method"] = "m", ["seed"] = "x" }, Timing = new() { Ended = DateTimeOffset.UnixEpoch } });
        Assert.That(Of(TestRecords.Job("k")).Changed, Is.EqualTo(s_methodAndSeed[1..]));
    }

    [Test]
    public void A_damaged_record_is_missing()
    {
        File.WriteAllText(_folder.RecordPath("k"), "{");
        Assert.That(Of(TestRecords.Job("k")).Standing, Is.EqualTo(Standing.Missing));
    }

    [Test]
    public void A_checkpoint_that_is_gone_is_made_anew_only_if_somebody_needs_it([Values] bool needed, [Values] bool kept)
    {
        var train = TestRecords.Record("t");
        RecordFiles.Write(_folder, train with { Outcome = new() { Files = ["checkpoint-1.safetensors"] } });
        if (!needed)
        {
            RecordFiles.Write(_folder, TestRecords.Record("c"));
        }

        if (kept)
        {
            Directory.CreateDirectory(_folder.ArtifactsOf("t"));
            File.WriteAllText(Path.Combine(_folder.ArtifactsOf("t"), "checkpoint-1.safetensors"), "");
        }

        var compared = Comparison.Of(new("m", [TestRecords.Job("t", JobKind.Train), TestRecords.Job("c", JobKind.Cell, "t") with { Sampling = s_sampling }]), _folder, _ => { });
        Assert.That(compared[0].Standing, Is.EqualTo(needed && !kept ? Standing.Missing : Standing.Cached));
    }

    [Test]
    public void Samples_that_are_wanted_now_and_were_not_kept_are_made_anew([Values] bool wanted)
    {
        RecordFiles.Write(_folder, TestRecords.Record("c"));
        var sampling = s_sampling with { Keep = KeepRule.Nothing with { Samples = wanted } };
        var compared = Comparison.Of(
            new("m", [TestRecords.Job("s", JobKind.Sample) with { Sampling = sampling }, TestRecords.Job("c", JobKind.Cell, "s") with { Sampling = sampling }]), _folder, _ => { });
        Assert.That(compared[0].Standing, Is.EqualTo(wanted ? Standing.Missing : Standing.Cached));
        Assert.That(compared[1].Standing, Is.EqualTo(Standing.Cached), "what was measured stays");
        Assert.That(ToDo(compared), Is.EqualTo(wanted ? ["s"] : Array.Empty<string>()));
    }

    [Test]
    public void Features_that_are_wanted_now_and_were_not_kept_are_made_anew([Values] bool kept)
    {
        RecordFiles.Write(_folder, TestRecords.Record("c"));
        if (kept)
        {
            Directory.CreateDirectory(_folder.ArtifactsOf("c"));
            File.WriteAllText(Path.Combine(_folder.ArtifactsOf("c"), "features.npz"), "");
        }

        var job = TestRecords.Job("c", JobKind.Cell) with { Sampling = s_sampling with { Keep = KeepRule.Nothing with { Features = true } } };
        Assert.That(Of(job).Standing, Is.EqualTo(kept ? Standing.Cached : Standing.Missing));
    }

    [TestCase("inception", Standing.Missing)]
    [TestCase("vgg16", Standing.Cached)]
    public void A_cell_whose_metric_lacked_weights_is_measured_anew_once_they_are_there(string added, object standing)
    {
        RecordFiles.Write(_folder, TestRecords.Record("c") with { Outcome = new() { MissingWeights = ["inception"] } });
        var job = TestRecords.Job("c", JobKind.Cell) with { Sampling = s_sampling };
        Assert.That(Comparison.Of(new("m", [job]), _folder, Assert.Fail, id => id == added ? "/weights" : null).Single().Standing, Is.EqualTo(standing));
    }

    [Test]
    public void Only_what_an_open_cell_needs_is_to_do()
    {
        Compared[] compared =
        [
            One("t1", JobKind.Train, Standing.Missing), // of c1
            One("t2", JobKind.Train, Standing.Missing), // of nobody open
            One("t3", JobKind.Train, Standing.Failed), // of x1, which c1 needs
            One("t4", JobKind.Train, Standing.Cached),
            One("x1", JobKind.Correct, Standing.Missing, "t3"),
            One("x2", JobKind.Correct, Standing.Missing, "t2"),
            One("c1", JobKind.Cell, Standing.Stale, "t1", "x1"),
            One("c2", JobKind.Cell, Standing.Cached, "t2", "x2"),
            One("c3", JobKind.Cell, Standing.NotApplicable, "t2"),
            One("a1", JobKind.Analyse, Standing.Missing, "t4"),
        ];
        Assert.That(ToDo(compared), Is.EqualTo(new[] { "t1", "t3", "x1", "c1", "a1" }));
    }

    private IEnumerable<string> ToDo(IReadOnlyList<Compared> compared) =>
        new RunPlan(compared, _folder, "", new(TimeSpan.MaxValue, 1), new("cpu", []), 1, 1).ToDo.Select(job => job.Key);

    private static Compared One(string key, JobKind kind, Standing standing, params string[] needs) => new(TestRecords.Job(key, kind, needs), standing, [], null);

    private Compared Of(Job job) => Comparison.Of(new("m", [job]), _folder, _ => { }).Single();
}
