using System.Collections.Concurrent;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Runs on several GPUs, with jobs that in truth compute on the CPU: workers are started and told of their GPU as they would be.</summary>
[CancelAfter(120_000)]
public sealed class RunnerTests
{
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

    [Test]
    public async Task Each_gpu_has_a_worker_of_its_own(CancellationToken token)
    {
        var plan = Plan("cuda:4,7", "test-affine");
        var gpus = new ConcurrentDictionary<string, bool>();
        using var seen = new SeenRun(() =>
        {
            foreach (var gpu in Children.Of(Environment.ProcessId).Select(id => Children.Variable(id, "CUDA_VISIBLE_DEVICES")).OfType<string>())
            {
                gpus[gpu] = true;
            }
        });
        using var spawner = new Spawner();
        Assert.That(await new Runner(plan, seen, spawner).Run(token), Is.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Ends, Has.Count.EqualTo(6).And.All.Matches<JobEnd>(end => end.Status == Status.Ok));
            Assert.That(gpus.Keys, Is.EquivalentTo(new[] { "4", "7" }));
        }
    }

    /// <summary>Its job is lost, and the rest runs on the other one.</summary>
    [Test]
    public async Task A_gpu_that_fails_loses_its_job_and_gets_no_other(CancellationToken token)
    {
        var plan = Plan("cuda:0,1", "[test-throws-in-training, test-affine]");
        var proven = new ConcurrentQueue<int?>();
        using var seen = new SeenRun();
        using var spawner = new Spawner();
        var left = await new Runner(plan, seen, spawner, prove: (device, gpu, _) => Proven(spawner, device, gpu, proven)).Run(token);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left, Is.Null, "the other one did all");
            Assert.That(seen.Why, Is.EqualTo(new[] { $"--device cuda:{proven.First()}: it is gone" }));
            Assert.That(seen.Ends.CountBy(end => end.Status), Is.EquivalentTo(new Dictionary<Status, int> { [Status.Error] = 2, [Status.Ok] = 6 }));
            Assert.That(proven.Skip(1), Has.All.EqualTo(1 - proven.First()), "the other one proves itself, and goes on");
        }
    }

    [Test]
    public async Task Where_no_gpu_is_left_the_run_ends_and_says_so(CancellationToken token)
    {
        var plan = Plan("cuda:2", "[test-throws-in-training, test-affine]");
        using var seen = new SeenRun();
        using var spawner = new Spawner();
        var left = await new Runner(plan, seen, spawner, prove: (_, gpu, _) => throw new UsageException($"--device cuda:{gpu}: it is gone")).Run(token);
        Assert.That(left, Is.EqualTo("--device cuda:2: it is gone. No GPU is left for the other jobs; what was finished is kept, and the same command goes on from here."));
        Assert.That(seen.Ends.Count(end => end.Status.IsFailure()), Is.EqualTo(1), "the others wait for a GPU that works");
    }

    // The first one that is asked is broken.
    private static WorkerProcess Proven(Spawner spawner, DeviceSpec device, int? gpu, ConcurrentQueue<int?> proven)
    {
        proven.Enqueue(gpu);
        return proven.First() == gpu && proven.Count == 1 ? throw new UsageException($"--device cuda:{gpu}: it is gone") : new(spawner, device, gpu);
    }

    private RunPlan Plan(string device, string methods)
    {
        var plan = Plans.Make(Matrices.Read(("methods", methods), ("seeds", "[0, 1]"), ("threads", "1")));
        return new(
            [.. plan.Jobs.Select(job => new Compared(job, Standing.Missing, [], null))],
            _results, _scratch.At("cache/x")[..^2], LimitsReader.Default, RunDevice.Parse(device), RunDevice.Parse(device).Workers(null, 1, 1), 1000);
    }
}
