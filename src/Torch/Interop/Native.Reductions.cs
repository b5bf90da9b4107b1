using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Reductions, scans, sorting: the exports of native/reductions.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_max_all(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_min_all(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_median_all(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_any_all(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_all_all(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_argmax_all(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_argmin_all(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_max_dim(Tensor self, long dim, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_min_dim(Tensor self, long dim, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_any_dim(Tensor self, long dim, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_all_dim(Tensor self, long dim, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_argmax_dim(Tensor self, long dim, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_argmin_dim(Tensor self, long dim, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sum_all(Tensor self, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sum_dims(Tensor self, ReadOnlySpan<long> dims, long n, int keep, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_mean_all(Tensor self, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_mean_dims(Tensor self, ReadOnlySpan<long> dims, long n, int keep, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_amax(Tensor self, ReadOnlySpan<long> dims, long n, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_amin(Tensor self, ReadOnlySpan<long> dims, long n, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_logsumexp(Tensor self, ReadOnlySpan<long> dims, long n, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_std(Tensor self, ReadOnlySpan<long> dims, long n, int unbiased, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_std_mean(Tensor self, ReadOnlySpan<long> dims, long n, int unbiased, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_var(Tensor self, ReadOnlySpan<long> dims, long n, int unbiased, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_var_mean(Tensor self, ReadOnlySpan<long> dims, long n, int unbiased, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_prod_all(Tensor self, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_prod_dim(Tensor self, long dim, int keep, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_norm(Tensor self, double p);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_norm_dim(Tensor self, long dim, int keep, double p);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_cumsum(Tensor self, long dim, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_cumprod(Tensor self, long dim, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_count_nonzero(Tensor self, ReadOnlySpan<long> dims, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_sort(Tensor self, long dim, int descending, int stable);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_argsort(Tensor self, long dim, int descending);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_topk(Tensor self, long k, long dim, int largest, int sorted);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_quantile(Tensor self, Tensor q, long dim, int keep);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_searchsorted(Tensor sorted, Tensor values, int right);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bincount(Tensor self, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weights, long min);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_unique(Tensor self, int sorted, int inverse, int counts);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_softmax(Tensor self, long dim, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_log_softmax(Tensor self, long dim, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_equal(Tensor a, Tensor b, out int result);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_allclose(Tensor a, Tensor b, double rtol, double atol, int equal_nan, out int result);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_isclose(Tensor a, Tensor b, double rtol, double atol, int equal_nan);
}
