using System.Text;
using Dfx.Torch.Interop;

namespace Dfx.Numerics;

/// <summary>What tensors hold on a device, counted by libtorch's allocators.</summary>
public static unsafe class DeviceMemory
{
    private const int NameCapacity = 256;

    /// <summary>Bytes that tensors hold now on the CPU, or on a CUDA device; null where it cannot be counted.</summary>
    public static long? InUse(torch.Device device) => device.type == DeviceType.CPU ? NativeMemory.LiveBytes : Cuda(device)?.Current;

    /// <summary>The most bytes that tensors held at once since the last <see cref="ResetPeak"/>; null where it cannot be counted.</summary>
    public static long? Peak(torch.Device device) => device.type == DeviceType.CPU ? Native.dfx_peak_bytes() : Cuda(device)?.Peak;

    /// <summary>Starts the peak anew from what is held now.</summary>
    public static void ResetPeak(torch.Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            Native.dfx_reset_peak();
        }
        else
        {
            NativeResults.Check(Native.dfx_cuda_reset_peak(device.index));
        }
    }

    /// <summary>Gives memory that no tensor holds back to the system, or to other processes on the GPU.</summary>
    public static void EmptyCache(torch.Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            Native.dfx_trim();
        }
        else
        {
            NativeResults.Check(Native.dfx_cuda_empty_cache());
        }
    }

    /// <summary>What the maker calls the GPU, or <c>cpu</c>; null where libtorch was built without CUDA's headers at hand.</summary>
    public static string? Name(torch.Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            return "cpu";
        }

        var buffer = stackalloc byte[NameCapacity];
        return Native.dfx_cuda_name(device.index, buffer, NameCapacity) < 0 && NativeErrors.Take() is not null
            ? null
            : Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
    }

    private static (long Current, long Peak)? Cuda(torch.Device device) =>
        Native.dfx_cuda_memory(device.index, out var current, out var peak) < 0 && NativeErrors.Take() is not null ? null : (current, peak);
}
