using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a worker is started with, on which its speed and its numbers depend.</summary>
public sealed class WorkerStartTests
{
    [TestCase("OMP_NUM_THREADS", "3")]
    [TestCase("OMP_WAIT_POLICY", "PASSIVE")]
    [TestCase("MALLOC_ARENA_MAX", "1")]
    [TestCase("DOTNET_GCgen0size", "0x4000000")]
    public void A_worker_waits_without_spinning_keeps_memory_and_collects_rarely(string variable, string value) =>
        Assert.That(WorkerStart.Info(new DeviceSpec("cpu", 3)).Environment[variable], Is.EqualTo(value));

    // glibc takes the last value of a name: what the user set holds.
    [Test]
    public void Small_blocks_are_kept_at_hand() =>
        Assert.That(WorkerStart.Info(new DeviceSpec("cpu", 1)).Environment["GLIBC_TUNABLES"], Does.StartWith("glibc.malloc.mxfast=0:glibc.malloc.tcache_count=127"));

    // Below this, glibc would map each activation of a usual network anew.
    [TestCase("MALLOC_MMAP_THRESHOLD_")]
    [TestCase("MALLOC_TRIM_THRESHOLD_")]
    public void Large_tensors_come_from_memory_that_is_kept(string variable) =>
        Assert.That(long.Parse(WorkerStart.Info(new DeviceSpec("cpu", 1)).Environment[variable]!, System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(1L << 30));

    // TorchSharp's numbers are freed under operations otherwise: docs/tensors.md.
    [Test]
    public void No_collection_runs_in_the_background_of_a_program() =>
        Assert.That(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dfx.runtimeconfig.json")), Does.Contain("\"System.GC.Concurrent\": false"));
}
