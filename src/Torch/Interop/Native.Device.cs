using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>Devices, threads, versions: the exports of native/device.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial nint dfx_config();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_get_num_threads();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_set_num_threads(int n);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_get_num_interop_threads();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_has_mkldnn();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cuda_device_count();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cudnn_available();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cuda_synchronize(int index);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cuda_manual_seed(ulong seed, int index);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_allow_tf32(int matmul, int cudnn);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_get_tf32(int cudnn);

    [LibraryImport(Libtorch.Name)]
    internal static unsafe partial int dfx_cuda_name(int index, byte* buffer, int capacity);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cuda_memory(int index, out long current, out long most);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cuda_reset_peak(int index);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cuda_empty_cache();
}
