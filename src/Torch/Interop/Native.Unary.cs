using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>Elementwise functions of one tensor: exports of native/pointwise.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_abs(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_neg(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_exp(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_exp2(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_expm1(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_log(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_log1p(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_log2(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_log10(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sqrt(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_rsqrt(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_square(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_reciprocal(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sin(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_cos(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_tan(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sinh(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_cosh(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_tanh(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_asin(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_acos(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_atan(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sigmoid(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_erf(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_erfc(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_erfinv(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_floor(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_ceil(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_trunc(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_round(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sign(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_relu(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_silu(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_log_sigmoid(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_lgamma(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_digamma(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_frac(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_isnan(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_isinf(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_isfinite(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_logical_not(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bitwise_not(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_real(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_imag(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_angle(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_conj(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_resolve_conj(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_view_as_real(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_deg2rad(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sinc(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_abs_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_neg_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_exp_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_log_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_sqrt_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_rsqrt_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_reciprocal_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_sin_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_cos_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_tanh_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_sigmoid_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_floor_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_ceil_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_relu_(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_silu_(Tensor self);
}
