using Dfx.Harness.Execution.Host;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Store;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a hostile plugin does costs its own cells, with real processes behind it.</summary>
[CancelAfter(60_000)]
internal sealed class HostileTests
{
    private static readonly (string What, string Words)[] s_traces =
    [
        ("thread", "a thread '"),
        ("timer", "work for the thread pool or a timer"),
        ("directory", "another current directory"),
        ("culture", "another culture"),
        ("dtype", "another default type of numbers"),
        ("environment", "another value of the variable DFX_DATA"),
        ("threads", "another number of threads"),
        ("console", "another Console.Out"),
        ("process", "a process"),
    ];

    private ScratchFolder _scratch = null!;
    private ResultsFolder _results = null!;

    [SetUp]
    public void Make()
    {
        _scratch = new();
        _results = new(_scratch.At("results/x")[..^2]);
        _results.Create();
    }

    [TearDown]
    public void Remove() => _scratch.Dispose();

    /// <summary>The forged answers lack the session's secret; half a line of them stands before the worker's own.</summary>
    [Test]
    public async Task A_forged_answer_is_none(CancellationToken token)
    {
        var end = (await Run("test-forges", null, token))[JobKind.Train];
        Assert.That($"{end.Status}: {end.Message}", Does.StartWith("Error").And.Contain("it forged and failed"));
    }

    [Test]
    public async Task A_line_that_is_flooded_is_watched_all_the_same(CancellationToken token)
    {
        var end = (await Run("test-floods", LimitsReader.Default with { Time = TimeSpan.FromSeconds(2) }, token))[JobKind.Train];
        Assert.That(end.Status, Is.EqualTo(Status.Timeout));
    }

    [Test]
    public async Task Memory_of_what_a_plugin_starts_counts(CancellationToken token)
    {
        var end = (await Run("test-child-memory", LimitsReader.Default with { Memory = 700 << 20 }, token))[JobKind.Train];
        Assert.That($"{end.Status}: {end.Message}", Does.StartWith("Oom: ended at its memory limit of 700 MiB: it used "));
    }

    [TestCase("test-daemon", Status.Ok, "61301")]
    [TestCase("test-exits", Status.Crashed, "61302")]
    public async Task What_a_plugin_starts_ends_with_the_run(string method, Status status, string seconds, CancellationToken token)
    {
        var end = (await Run(method, null, token))[JobKind.Train];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Status, Is.EqualTo(status));
            Assert.That(ProcessTable.All().Where(entry => ProcessTable.Read(entry.Id, "cmdline")?.Contains(seconds, StringComparison.Ordinal) == true), Is.Empty);
        }
    }

    /// <summary>
    /// A sampler of its own for each thing that can be left, among cells of another plugin: all are well, each of the first kind has said what it left, and late
    /// threads and timers have thrown by then only if nobody was in their process any more.
    /// </summary>
    [Test]
    public async Task What_a_plugin_leaves_in_its_process_reaches_no_other_cell(CancellationToken token)
    {
        var leaving = string.Join(", ", s_traces.Select(trace => $"{{ sampler: test-leaves, with: {{ leaves: {trace.What} }} }}"));
        var ends = await All("test-affine", $"[{leaving}, test-euler]", null, token);
        var traces = ends.Select(pair => pair.End.Traces).OfType<string>().ToList();
        var log = string.Concat(Directory.EnumerateFiles(_results.Logs).Select(File.ReadAllText));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ends, Has.All.Matches<(Job Job, JobEnd End)>(pair => pair.End.Status == Status.Ok), string.Join('\n', ends.Select(pair => pair.End)));
            Assert.That(traces, Has.Count.EqualTo(s_traces.Length));
            foreach (var (_, words) in s_traces)
            {
                Assert.That(traces, Has.One.StartsWith(words));
                Assert.That(log, Does.Contain($"[the job left {words}"));
            }
        }
    }

    [Test]
    public async Task A_folder_that_a_plugin_deletes_costs_no_other_job(CancellationToken token)
    {
        var methods = ((string[])["logs", "records"]).Select(name => $"{{ method: test-deletes, with: {{ folder: {Path.Combine(_results.Root, name)} }} }}");
        var ends = await All($"[{string.Join(", ", methods)}, test-affine]", "test-euler", null, token);
        Assert.That(ends, Has.Count.EqualTo(9).And.All.Matches<(Job Job, JobEnd End)>(pair => pair.End.Status == Status.Ok), string.Join('\n', ends.Select(pair => pair.End)));
    }

    [Test]
    public async Task What_a_plugin_prints_is_limited(CancellationToken token)
    {
        var end = (await Run("test-prints", null, token))[JobKind.Train];
        var log = new FileInfo(Directory.EnumerateFiles(_results.Logs).MaxBy(path => new FileInfo(path).Length)!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Status, Is.EqualTo(Status.Ok));
            Assert.That(log.Length, Is.GreaterThan(PrintedLog.LimitOnFullDevice).And.LessThan(ResultsFolder.LongestLog + (1 << 15)));
            Assert.That(File.ReadAllText(log.FullName).TrimEnd(), Does.EndWith("the end of what it prints"));
        }
    }

    [Test]
    public void A_job_without_a_record_is_not_ok(CancellationToken token)
    {
        _ = token;
        var job = TestRecords.Job(TestRecords.Key("a"));
        Assert.That(Runner.Proven(new(Status.Ok, null, true), job, _results), Is.EqualTo(
            new JobEnd(Status.Crashed, "the worker said that the job had ended, and its record is not there", false)));
        RecordFiles.Write(_results, TestRecords.Record(job.Key, Status.Error));
        Assert.That(Runner.Proven(new(Status.Ok, null, true), job, _results).Status, Is.EqualTo(Status.Crashed), "the record says something else");
        Assert.That(Runner.Proven(new(Status.Error, "m", true), job, _results), Is.EqualTo(new JobEnd(Status.Error, "m", true)));
    }

    /// <summary>The first end of each kind of job, of a small matrix with one worker.</summary>
    private async Task<IReadOnlyDictionary<JobKind, JobEnd>> Run(string methods, Limits? limits, CancellationToken token)
    {
        var ends = await All(methods, "test-euler", limits, token);
        return ends.GroupBy(pair => pair.Job.Kind).ToDictionary(group => group.Key, group => group.First().End);
    }

    private async Task<IReadOnlyList<(Job Job, JobEnd End)>> All(string methods, string samplers, Limits? limits, CancellationToken token)
    {
        var plan = Plans.Make(Matrices.Read(("methods", methods), ("samplers", samplers), ("threads", "1")));
        var compared = plan.Jobs.Select(job => new Compared(job, Standing.Missing, [], null)).ToList();
        using var seen = new SeenRun();
        using var spawner = new Spawner();
        var run = new RunPlan(compared, _results, _scratch.At("cache/x")[..^2], limits ?? LimitsReader.Default, RunDevice.Parse("cpu"), 1, 1000);
        Assert.That(await new Runner(run, seen, spawner).Run(token), Is.Null);
        return [.. seen.Ended];
    }
}
