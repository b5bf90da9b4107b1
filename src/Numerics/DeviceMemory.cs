using System.Globalization;
using System.Runtime.InteropServices;

namespace Dfx.Numerics;

/// <summary>
/// The memory that this process holds for tensors: on the CPU its resident memory, of which tensors are by far the most, and on CUDA what NVML
/// says. TorchSharp does not count it.
/// </summary>
/// <remarks>libtorch keeps what it once took from a GPU, so the memory in use there is also the peak since the process started.</remarks>
public static partial class DeviceMemory
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";
    private const string ResetPeakCode = "5";

    /// <summary>Bytes held now; null where it cannot be told.</summary>
    public static long? InUse(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? Resident("VmRSS:") : Nvml.InUse(device.index);
    }

    /// <summary>The most bytes held at once since the last <see cref="ResetPeak"/>, on CUDA since the process started; null where it cannot be told.</summary>
    public static long? Peak(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? Resident("VmHWM:") : Nvml.InUse(device.index);
    }

    /// <summary>Bytes of a GPU that nobody holds; null on the CPU, and where NVML does not tell.</summary>
    public static long? Free(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? null : Nvml.Free(device.index);
    }

    /// <summary>Starts the peak anew from what is held now, on the CPU and where the system lets a process do that.</summary>
    public static void ResetPeak(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CPU)
        {
            return;
        }

        try
        {
            File.WriteAllText(ClearReferences, ResetPeakCode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The peak then counts from the start of the process.
        }
    }

    /// <summary>Gives the CPU's memory that no tensor holds back to the system; what libtorch keeps of a GPU ends with the process.</summary>
    public static void EmptyCache(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type == DeviceType.CPU)
        {
            _ = Trim(0);
        }
    }

    /// <summary>What the maker calls the GPU, or <c>cpu</c>; null where NVML does not tell.</summary>
    public static string? Name(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? "cpu" : Nvml.Name(device.index);
    }

    // "VmHWM:	  123456 kB"
    private static long? Resident(string key) => File.Exists(Status)
        && File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) is { } line
        && long.TryParse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : null;

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
