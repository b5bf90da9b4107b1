using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>New tensors and what can be asked of one: the exports of native/factories.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_empty(ReadOnlySpan<long> size, long n, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_full(ReadOnlySpan<long> size, long n, Number value, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_empty_like(Tensor self, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_full_like(Tensor self, Number value, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_arange(Number start, Number stop, Number step, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linspace(double start, double end, long steps, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_logspace(
        double start, double end, long steps, double @base, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_eye(long rows, long columns, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static unsafe partial Tensor dfx_from_memory(
        void* data, long bytes, ReadOnlySpan<long> size, long n, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_from_number(Number value, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial void dfx_delete(nint self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial long dfx_dim(Tensor self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial long dfx_numel(Tensor self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial int dfx_scalar_type(Tensor self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial long dfx_element_size(Tensor self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static unsafe partial void dfx_sizes(Tensor self, long* result);

    [LibraryImport(Libtorch.Name)]
    internal static unsafe partial int dfx_strides(Tensor self, long* result);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial long dfx_storage_offset(Tensor self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial int dfx_device_type(Tensor self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial int dfx_device_index(Tensor self);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial int dfx_is_contiguous(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial nint dfx_data_ptr(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_item_double(Tensor self, out double result);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_item_int64(Tensor self, out long result);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_to(Tensor self, int type, int device_type, int device_index, int copy, int non_blocking);
}
