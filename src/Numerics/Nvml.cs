using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Dfx.Numerics;

/// <summary>NVIDIA's management library, which comes with the driver: names and memory of GPUs.</summary>
/// <remarks>Its calls and structures are those of NVIDIA's NVML API reference, version 12.</remarks>
internal static partial class Nvml
{
    private const string Library = "libnvidia-ml.so.1";
    private const int Success = 0;
    private const int NameCapacity = 96;

    /// <summary>Bytes of a GPU in use: by this process, or by all where the driver does not tell processes apart (containers); null without NVML.</summary>
    /// <param name="index">The GPU's index in libtorch, which counts what CUDA_VISIBLE_DEVICES lets it see.</param>
    internal static long? InUse(int index) => Device(index) is { } device ? OfThisProcess(device) ?? OfAll(device) : null;

    /// <summary>Bytes of a GPU that no process holds; null without NVML.</summary>
    /// <param name="index">The GPU's index in libtorch.</param>
    internal static long? Free(int index) => Device(index) is { } device && GetMemory(device, out var memory) == Success ? (long)memory.Free : null;

    /// <summary>The GPU's name, such as <c>NVIDIA H200</c>; null without NVML.</summary>
    internal static string? Name(int index)
    {
        var name = new byte[NameCapacity];
        return Device(index) is { } device && GetName(device, name, NameCapacity) == Success
            ? Encoding.UTF8.GetString(name.AsSpan(0, Array.IndexOf(name, (byte)0)))
            : null;
    }

    /// <summary>Which GPU of the machine is the nth that a process sees, as NVML is asked for it: by index or by identifier.</summary>
    /// <param name="visible">The value of CUDA_VISIBLE_DEVICES, or null.</param>
    /// <param name="index">The nth, from 0.</param>
    internal static string Visible(string? visible, int index) =>
        visible?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(index)
        ?? index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The bytes of a GPU that each process holds, as far as the driver tells; in a container it may tell nothing, or ids of the machine. Empty without NVML.</summary>
    /// <param name="visible">The GPU, by its index or identifier.</param>
    internal static IReadOnlyList<(int Process, long Bytes)> Held(string visible) => Device(visible) is { } device ? Known(Processes(device)) : [];

    /// <summary>Without those whose memory the driver does not know.</summary>
    internal static IReadOnlyList<(int Process, long Bytes)> Known(IEnumerable<(uint Process, ulong Used)> processes) =>
        [.. processes.Where(p => p is { Process: > 0, Used: not ulong.MaxValue }).Select(p => ((int)p.Process, (long)p.Used))];

    private static long? OfThisProcess(nint device) =>
        Known(Processes(device)).FirstOrDefault(p => p.Process == Environment.ProcessId) is { Process: > 0 } own ? own.Bytes : null;

    private static IEnumerable<(uint Process, ulong Used)> Processes(nint device)
    {
        var count = 0u;
        _ = GetProcesses(device, ref count, null);
        var processes = new ProcessMemory[count + 8];
        count = (uint)processes.Length;
        return GetProcesses(device, ref count, processes) == Success ? processes.Take((int)count).Select(p => (p.Process, p.Used)) : [];
    }

    private static long? OfAll(nint device) => GetMemory(device, out var memory) == Success ? (long)memory.Used : null;

    private static nint? Device(int index) => Device(Visible(Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"), Math.Max(0, index)));

    private static nint? Device(string visible)
    {
        try
        {
            nint device;
            return Initialise() == Success
                && (uint.TryParse(visible, CultureInfo.InvariantCulture, out var number) ? ByIndex(number, out device) : ByIdentifier(visible, out device)) == Success
                    ? device
                    : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    private static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    private static partial int ByIndex(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByUUID", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ByIdentifier(string identifier, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetName")]
    private static partial int GetName(nint device, [Out] byte[] name, uint length);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    private static partial int GetMemory(nint device, out Memory memory);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetComputeRunningProcesses_v3")]
    private static partial int GetProcesses(nint device, ref uint count, [In, Out] ProcessMemory[]? processes);

    private readonly record struct Memory(ulong Total, ulong Free, ulong Used);

    private readonly record struct ProcessMemory(uint Process, ulong Used, uint GpuInstance, uint ComputeInstance);
}
