using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>Products, decompositions, Fourier transforms: the exports of native/linalg.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_matmul(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_mm(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bmm(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_mv(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_dot(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_outer(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_kron(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_baddbmm(Tensor self, Tensor a, Tensor b, double beta, double alpha);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_addmm(Tensor self, Tensor a, Tensor b, double beta, double alpha);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_einsum(string? equation, ReadOnlySpan<nint> list, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_cdist(Tensor a, Tensor b, double p, long mode);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_trace(Tensor a);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_inv(Tensor a);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_det(Tensor a);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_svdvals(Tensor a);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_cholesky(Tensor a, int upper);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_eigvalsh(Tensor a, int upper);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_linalg_eigh(Tensor a, int upper);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_linalg_slogdet(Tensor a);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_linalg_svd(Tensor a, int full);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_linalg_qr(Tensor a, int mode);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_solve(Tensor a, Tensor b, int left);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_solve_triangular(Tensor a, Tensor b, int upper, int left, int unit);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linalg_vector_norm(Tensor a, double order, ReadOnlySpan<long> dims, long n, int keep);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_linalg_norm(Tensor a, string? order, ReadOnlySpan<long> dims, long n, int keep);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_fft(Tensor a, long n, long dim, string? mode);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_ifft(Tensor a, long n, long dim, string? mode);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_rfft(Tensor a, long n, long dim, string? mode);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_irfft(Tensor a, long n, long dim, string? mode);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_fft2(Tensor a, ReadOnlySpan<long> s, long n, ReadOnlySpan<long> dim, long m, string? mode);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_ifft2(Tensor a, ReadOnlySpan<long> s, long n, ReadOnlySpan<long> dim, long m, string? mode);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_rfft2(Tensor a, ReadOnlySpan<long> s, long n, ReadOnlySpan<long> dim, long m, string? mode);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_fft_irfft2(Tensor a, ReadOnlySpan<long> s, long n, ReadOnlySpan<long> dim, long m, string? mode);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_fft_fftshift(Tensor a, ReadOnlySpan<long> dim, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_fft_ifftshift(Tensor a, ReadOnlySpan<long> dim, long n);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_has_syrk();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_syrk_(Tensor sum, Tensor rows);
}
