using System.Diagnostics;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Store;

namespace Dfx.Harness.Tests.Execution;

/// <summary>A worker as the host sees it, with a real process behind it.</summary>
public sealed class WorkerProcessTests
{
    /// <summary>What is known of such a job is nothing: the runner hands it to the next worker.</summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task A_worker_that_is_gone_before_it_comes_to_a_job_says_nothing_about_it(CancellationToken token)
    {
        using var scratch = new ScratchFolder();
        using var spawner = new Spawner();
        var before = Children.Of(Environment.ProcessId);
        using var worker = new WorkerProcess(spawner, new("cpu", 1));
        using (var process = Process.GetProcessById(Children.Of(Environment.ProcessId).Except(before).Single()))
        {
            process.Kill();
            await process.WaitForExitAsync(token);
        }

        var end = await worker.Run(new() { Job = TestRecords.Job("k"), Cache = scratch.Path, Results = scratch.Path }, LimitsReader.Default, _ => { }, token);
        Assert.That((end.Status, end.Begun, end.Recorded), Is.EqualTo((Status.Crashed, false, false)));
    }

    [Test]
    public void A_device_that_cannot_be_used_is_named()
    {
        Assume.That(Directory.Exists("/proc/driver/nvidia"), Is.False, "this machine has a graphics card");
        using var scratch = new ScratchFolder();
        using var spawner = new Spawner();
        using var worker = new WorkerProcess(spawner, new("cuda", 0));
        Assert.That(() => worker.RequireDevice("cuda:0,1", scratch.Path), Throws.TypeOf<UsageException>().With.Message.Match("^--device cuda:0,1: libtorch 2.* finds no CUDA device"));
        Assert.That(() => worker.RequireDevice("cuda", scratch.Path), Throws.TypeOf<UsageException>().With.Message.Match("^--device cuda: libtorch 2.* finds no CUDA device; DFX_LIBTORCH takes"));
        Assert.That(() => worker.RequireDevice("cpu", scratch.Path), Throws.Nothing, "it answers the next question");
    }

    /// <summary>The training comes to the end of a step, saves its state, though none is due for long, and the worker is gone before it has to be killed.</summary>
    [TestCase("host")]
    [TestCase("signal")]
    [TestCase("time")]
    [CancelAfter(60_000)]
    public async Task A_job_that_is_asked_to_stop_saves_its_state(string by, CancellationToken token)
    {
        using var scratch = new ScratchFolder();
        var results = new ResultsFolder(scratch.Path);
        results.Create();
        var job = Plans.Make(Matrices.Read(("training", "{ steps: 100000000, batch: 4 }"))).Jobs.Single(j => j.Kind == JobKind.Train);
        using var spawner = new Spawner();
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(token);
        var before = Children.Of(Environment.ProcessId);
        using var worker = new WorkerProcess(spawner, new("cpu", 1));
        var process = Children.Of(Environment.ProcessId).Except(before).Single();
        var clock = new Stopwatch();
        var running = worker.Run(
            new() { Job = job, Cache = scratch.At("cache/x")[..^2], Results = scratch.Path, SaveSeconds = 1000 },
            LimitsReader.Default with { Time = by == "time" ? TimeSpan.FromSeconds(4) : TimeSpan.FromMinutes(5) },
            _ =>
            {
                clock.Start();
                Ask(by, process, asked);
            },
            asked.Token);
        var end = await Ended(running);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end?.Status, Is.EqualTo(by switch { "host" => null, "signal" => Status.Crashed, _ => (Status?)Status.Timeout }), end?.Message);
            Assert.That(by == "time" || clock.Elapsed < WorkerStop.Grace, Is.True, $"{clock.Elapsed}");
            Assert.That(worker.IsAlive, Is.False);
            Assert.That(new TrainingFiles(results.ArtifactsOf(job.Key)).ReadState()?.Facts["dfx-step"], Is.Not.Null.And.Not.EqualTo("0"));
            Assert.That(File.Exists(results.RecordPath(job.Key)), Is.False, "a job that was stopped has no record of its worker's");
        }
    }

    private static void Ask(string by, int process, CancellationTokenSource host)
    {
        if (by == "host")
        {
            host.Cancel();
        }
        else if (by == "signal")
        {
            Process.Start("kill", ["-TERM", $"{process}"]).Dispose();
        }
    }

    private static async Task<JobEnd?> Ended(Task<JobEnd> running)
    {
        try
        {
            return await running;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
