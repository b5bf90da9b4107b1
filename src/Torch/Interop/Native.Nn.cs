using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Functions of networks: the exports of native/nn.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_conv1d(
        Tensor x, Tensor w, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? b, ReadOnlySpan<long> stride, long n1,
        ReadOnlySpan<long> padding, long n2, ReadOnlySpan<long> dilation, long n3, long groups);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_conv2d(
        Tensor x, Tensor w, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? b, ReadOnlySpan<long> stride, long n1,
        ReadOnlySpan<long> padding, long n2, ReadOnlySpan<long> dilation, long n3, long groups);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_conv_transpose2d(
        Tensor x, Tensor w, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? b, ReadOnlySpan<long> stride, long n1,
        ReadOnlySpan<long> padding, long n2, ReadOnlySpan<long> output_padding, long n3, ReadOnlySpan<long> dilation, long n4,
        long groups);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_linear(Tensor x, Tensor w, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? b);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_embedding(Tensor w, Tensor index, long padding);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_one_hot(Tensor x, long classes);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_group_norm(
        Tensor x, long groups, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? w,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? b, double eps);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_layer_norm(
        Tensor x, ReadOnlySpan<long> shape, long n, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? w,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? b, double eps);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_batch_norm(
        Tensor x, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? w, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? b,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? mean, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? var,
        int training, double momentum, double eps);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_dropout(Tensor x, double p, int training);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_avg_pool2d(
        Tensor x, ReadOnlySpan<long> kernel, long n1, ReadOnlySpan<long> stride, long n2, ReadOnlySpan<long> padding, long n3, int ceil,
        int count_padding, long divisor);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_max_pool2d(
        Tensor x, ReadOnlySpan<long> kernel, long n1, ReadOnlySpan<long> stride, long n2, ReadOnlySpan<long> padding, long n3,
        ReadOnlySpan<long> dilation, long n4, int ceil);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_adaptive_avg_pool2d(Tensor x, ReadOnlySpan<long> size, long n);

    [LibraryImport(Libtorch.Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor dfx_pad(Tensor x, ReadOnlySpan<long> pads, long n, string? mode, double value);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_interpolate2d(
        Tensor x, long h, long w, double scale_h, double scale_w, int mode, int align, int antialias);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_im2col(
        Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> dilation, ReadOnlySpan<long> padding, ReadOnlySpan<long> stride);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_pixel_shuffle(Tensor x, long factor);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_pixel_unshuffle(Tensor x, long factor);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_mse_loss(Tensor x, Tensor target, long reduction);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_l1_loss(Tensor x, Tensor target, long reduction);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_smooth_l1_loss(Tensor x, Tensor target, long reduction, double beta);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_huber_loss(Tensor x, Tensor target, long reduction, double delta);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_cross_entropy(
        Tensor x, Tensor target, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight, long reduction, long ignore,
        double smoothing);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bce_with_logits(
        Tensor x, Tensor target, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? pos_weight, long reduction);
}
