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

    /// <summary>It sees its GPU alone, counted as nvidia-smi does; where the run names none, the environment is the user's.</summary>
    [TestCase(null, null, null, null)]
    [TestCase("2,3", null, "2,3", null)]
    [TestCase(null, 1, "1", "PCI_BUS_ID")]
    [TestCase("2,3", 1, "3", "PCI_BUS_ID")]
    [TestCase("GPU-5a, GPU-7b", 1, "GPU-7b", "PCI_BUS_ID")]
    [TestCase("2,3", WorkerStart.EveryGpu, "2,3", "PCI_BUS_ID")]
    public void A_worker_sees_its_gpu_alone(string? users, int? gpu, string? visible, string? order)
    {
        var before = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES");
        try
        {
            Environment.SetEnvironmentVariable("CUDA_VISIBLE_DEVICES", users);
            var environment = WorkerStart.Info(new DeviceSpec("cuda", 0), gpu: gpu).Environment;
            Assert.That((environment.TryGetValue("CUDA_VISIBLE_DEVICES", out var seen) ? seen : null, environment.TryGetValue("CUDA_DEVICE_ORDER", out var by) ? by : null), Is.EqualTo((visible, order)));
        }
        finally
        {
            Environment.SetEnvironmentVariable("CUDA_VISIBLE_DEVICES", before);
        }
    }

    // TorchSharp's numbers are freed under operations otherwise: docs/tensors.md.
    [Test]
    public void No_collection_runs_in_the_background_of_a_program() =>
        Assert.That(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dfx.runtimeconfig.json")), Does.Contain("\"System.GC.Concurrent\": false"));
}
