using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>Views and rearrangements: the exports of native/shape.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_view(Tensor self, ReadOnlySpan<long> sizes, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_reshape(Tensor self, ReadOnlySpan<long> sizes, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_permute(Tensor self, ReadOnlySpan<long> sizes, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_expand(Tensor self, ReadOnlySpan<long> sizes, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_repeat(Tensor self, ReadOnlySpan<long> sizes, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_flip(Tensor self, ReadOnlySpan<long> sizes, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_t(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_contiguous(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_clone(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_detach(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_squeeze(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_alias(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_squeeze_dim(Tensor self, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_unsqueeze_dim(Tensor self, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_detach_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_transpose(Tensor self, long a, long b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_movedim(Tensor self, ReadOnlySpan<long> from, long n, ReadOnlySpan<long> to, long m);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_flatten(Tensor self, long start, long end);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_unflatten(Tensor self, long dim, ReadOnlySpan<long> sizes, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_roll(Tensor self, ReadOnlySpan<long> shifts, long n, ReadOnlySpan<long> dims, long m);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_narrow(Tensor self, long dim, long start, long length);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_select(Tensor self, long dim, long index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_slice(Tensor self, long dim, long start, long end, long step);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_as_strided(
        Tensor self, ReadOnlySpan<long> size, long n, ReadOnlySpan<long> stride, long m, long offset);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_unfold_dim(Tensor self, long dim, long size, long step);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_chunk(Tensor self, long chunks, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_split(Tensor self, long size, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_split_sizes(Tensor self, ReadOnlySpan<long> sizes, long n, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_unbind(Tensor self, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_cat(ReadOnlySpan<nint> list, long n, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_stack(ReadOnlySpan<nint> list, long n, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_meshgrid(ReadOnlySpan<nint> list, long n, int xy);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_broadcast_tensors(ReadOnlySpan<nint> list, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_repeat_interleave(Tensor self, long repeats, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_repeat_interleave_tensor(Tensor self, Tensor repeats, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_diag(Tensor self, long k);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_diagonal(Tensor self, long offset, long a, long b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_tril(Tensor self, long k);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_triu(Tensor self, long k);
}
