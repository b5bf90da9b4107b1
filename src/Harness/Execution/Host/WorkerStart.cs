using System.Diagnostics;
using System.Globalization;
using Dfx.Harness.Commands;
using Dfx.Harness.Planning;
using Dfx.Numerics;

namespace Dfx.Harness.Execution.Host;

/// <summary>How a worker is started: this program again.</summary>
internal static class WorkerStart
{
    // Tensors up to this size come from memory that the process keeps.
    private const string LargestBlock = "4294967296";

    private const string Visible = "CUDA_VISIBLE_DEVICES";

    /// <summary>In place of a GPU: a worker that sees all of them.</summary>
    internal const int EveryGpu = -1;

    /// <param name="device">The device and its threads.</param>
    /// <param name="verb">What it does.</param>
    /// <param name="gpu">The one GPU that it sees, by its index; <see cref="EveryGpu"/>; or null where the run names none: then CUDA counts as it likes.</param>
    internal static ProcessStartInfo Info(DeviceSpec device, string verb = WorkerCommand.Verb, int? gpu = null)
    {
        var info = new ProcessStartInfo(Program())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(info.FileName) == "dotnet")
        {
            info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dfx.dll"));
        }

        info.ArgumentList.Add(verb);
        var threads = Math.Max(1, device.Threads).ToString(CultureInfo.InvariantCulture);
        foreach (var variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            info.Environment[variable] = threads;
        }

        // Threads that spin while they wait take the processor from other workers: beside a busy neighbour they were five times slower.
        info.Environment["OMP_WAIT_POLICY"] = "PASSIVE";

        // Otherwise glibc asks the system anew for every large tensor, and the system clears its pages: up to four times the time of an operation.
        // One arena, since large tensors do not fit into those that glibc makes for threads.
        info.Environment["MALLOC_MMAP_THRESHOLD_"] = LargestBlock;
        info.Environment["MALLOC_TRIM_THRESHOLD_"] = LargestBlock;
        info.Environment["MALLOC_ARENA_MAX"] = "1";

        // libtorch and oneDNN make thousands of small blocks a step: glibc is not to merge them at every large one that is freed, and to keep more of
        // them at hand. A training step of a small network takes 0.93 of the time.
        info.Environment["GLIBC_TUNABLES"] = string.Join(':', ["glibc.malloc.mxfast=0", "glibc.malloc.tcache_count=127", .. Tunables()]);

        // A collection that another thread starts could free a number under an operation (docs/tensors.md): a worker computes on one thread, and the
        // others allocate so little that with this they start none.
        info.Environment["DOTNET_GCgen0size"] = "0x4000000";
        Show(gpu, info.Environment);
        info.Environment[WorkerMark.Variable] = WorkerMark.New();
        return info;
    }

    /// <summary>The GPU that such a worker computes on, as NVML is asked for it; null for none.</summary>
    internal static string? Gpu(DeviceSpec device, int? gpu) =>
        device.Type == "cpu" || gpu == EveryGpu ? null : Nvml.Visible(Environment.GetEnvironmentVariable(Visible), gpu ?? 0);

    // A worker sees its own GPU alone: whatever a plugin calls cuda is that one. Indices are those of nvidia-smi, or of the user's own choice among them.
    private static void Show(int? gpu, IDictionary<string, string?> environment)
    {
        if (gpu is null)
        {
            return;
        }

        environment.TryAdd("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        if (gpu != EveryGpu)
        {
            environment[Visible] = Nvml.Visible(environment.TryGetValue(Visible, out var chosen) ? chosen : null, gpu.Value);
        }
    }

    // Those of the user stay; glibc takes the last one of a name.
    private static string[] Tunables() =>
        Environment.GetEnvironmentVariable("GLIBC_TUNABLES")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>This program, or the runtime that runs it; in the process of a test runner, the runtime too.</summary>
    private static string Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" or "dfx" ? Environment.ProcessPath! : "dotnet";
}
