using Dfx.Harness.Execution.Host;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a plugin prints goes into the log of its job, also of the second one in a process, and is shown there.</summary>
public sealed class PrintedOutputTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task Every_job_of_a_worker_has_its_own_log(CancellationToken token)
    {
        using var scratch = new ScratchFolder();
        var results = new ResultsFolder(scratch.At("results/x")[..^2]);
        results.Create();
        var jobs = Plans.Make(Matrices.Read(("methods", "test-scribbles"), ("training", "{ steps: 2, batch: 4 }"), ("seeds", "[0, 1]"))).Jobs.Where(job => job.Kind == JobKind.Train).ToList();
        using var spawner = new Spawner();
        using var worker = new WorkerProcess(spawner, new("cpu", 1));
        foreach (var job in jobs)
        {
            var request = new Request { Job = job, Cache = scratch.At("cache/x")[..^2], Results = results.Root, SaveSeconds = 1000 };
            Assert.That((await worker.Run(request, LimitsReader.Default, _ => { }, token)).Status, Is.EqualTo(Status.Ok));
        }

        Assert.That(jobs, Has.Count.EqualTo(2));
        foreach (var log in jobs.Select(job => File.ReadAllText(results.LogPath(job.Key))))
        {
            Assert.That(log, Does.Contain("\"managed output\"").And.Contain("scribble: managed error").And.Contain("scribble: native output"));
            Assert.That(log, Does.Contain("␛[2Jscribble: a clear screen").And.Not.Contain("\e"));
        }
    }
}
