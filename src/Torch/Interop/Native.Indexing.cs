using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>Indexing, gathering, scattering: the exports of native/indexing.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static unsafe partial Tensor dfx_index(Tensor self, NativeIndex* index, long n);

    [LibraryImport(Libtorch.Name)]
    internal static unsafe partial int dfx_index_put(Tensor self, NativeIndex* index, long n, Tensor value);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_index_select(Tensor self, long dim, Tensor index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_gather(Tensor self, long dim, Tensor index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_take_along_dim(Tensor self, Tensor index, long dim);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_masked_select(Tensor self, Tensor mask);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_nonzero(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_scatter(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_scatter_add(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_index_copy(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_scatter_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_scatter_add_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_index_copy_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_index_add(Tensor self, long dim, Tensor index, Tensor source, Number alpha);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_index_add_(Tensor self, long dim, Tensor index, Tensor source, Number alpha);
}
