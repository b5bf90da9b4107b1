using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Elementwise functions of two or three tensors: exports of native/pointwise.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_mul(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_div(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_pow(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_atan2(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_maximum(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_minimum(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_fmod(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_remainder(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_eq(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_ne(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_lt(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_le(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_gt(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_ge(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_logical_and(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_logical_or(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_logical_xor(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bitwise_and(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bitwise_or(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bitwise_xor(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_hypot(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_xlogy(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_complex(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_polar(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_mul_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_div_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_pow_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_fmod_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_remainder_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_eq_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_ne_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_lt_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_le_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_gt_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_ge_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_mul_(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_mul_number_(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_div_(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_div_number_(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_pow_number_(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_add(Tensor a, Tensor b, Number alpha);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_add_(Tensor a, Tensor b, Number alpha);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_add_number(Tensor a, Number b, Number alpha);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_add_number_(Tensor a, Number b, Number alpha);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sub(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_sub_(Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_sub_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_sub_number_(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_rsub_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_rdiv_number(Tensor a, Number b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_div_mode(Tensor a, Tensor b, int mode);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_div_mode_number(Tensor a, Number b, int mode);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_div_mode_(Tensor a, Tensor b, int mode);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_div_mode_number_(Tensor a, Number b, int mode);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_clamp(Tensor a, Number lo, Number hi);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_clamp_(Tensor a, Number lo, Number hi);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_clamp_tensor(
        Tensor a, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? lo,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? hi);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_where(Tensor condition, Tensor a, Tensor b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_lerp(Tensor a, Tensor end, Tensor weight);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_addcmul(Tensor a, Tensor b, Tensor c, Number value);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_addcmul_(Tensor a, Tensor b, Tensor c, Number value);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_addcdiv(Tensor a, Tensor b, Tensor c, Number value);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_addcdiv_(Tensor a, Tensor b, Tensor c, Number value);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_softplus(Tensor a, double beta, double threshold);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_gelu(Tensor a, int tanh);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_leaky_relu(Tensor a, double slope);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_elu(Tensor a, double alpha);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_nan_to_num(Tensor a, double nan, double hi, double lo);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_fill_(Tensor a, Number value);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_copy_(Tensor a, Tensor source, int non_blocking);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_masked_fill(Tensor a, Tensor mask, Number value);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_masked_fill_(Tensor a, Tensor mask, Number value);
}
