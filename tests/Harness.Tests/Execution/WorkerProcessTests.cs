using System.Diagnostics;
using System.Globalization;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Matrix;
using Dfx.Harness.Store;
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
        var before = Children();
        using var worker = new WorkerProcess(spawner, new("cpu", 1));
        using (var process = Process.GetProcessById(Children().Except(before).Single()))
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
        Assert.That(() => worker.RequireDevice("cuda", scratch.Path), Throws.TypeOf<UsageException>().With.Message.Match("^--device cuda: libtorch 2.* finds no CUDA device; DFX_LIBTORCH takes"));
        Assert.That(() => worker.RequireDevice("cpu", scratch.Path), Throws.Nothing, "it answers the next question");
    }

    private static List<int> Children() => [.. Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Parent(id) == Environment.ProcessId)];

    // The fields behind the name, which stands in brackets, are the state and the parent.
    private static int Parent(int process)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
