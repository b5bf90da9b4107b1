using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Gradients and modes: the exports of native/autograd.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial int dfx_requires_grad(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_set_requires_grad(Tensor self, int on);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial int dfx_is_leaf(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_retain_grad(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor? dfx_grad(Tensor self);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_set_grad(Tensor self, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? grad);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_backward(
        ReadOnlySpan<nint> roots, long n, ReadOnlySpan<nint> grads, long m, int retain, int create, ReadOnlySpan<nint> inputs, long k);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_autograd_grad(
        ReadOnlySpan<nint> outputs, long n, ReadOnlySpan<nint> inputs, long k, ReadOnlySpan<nint> grads, long m, int retain, int create,
        int allow_unused);

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial int dfx_grad_enabled();

    [LibraryImport(Libtorch.Name)]
    [SuppressGCTransition]
    internal static partial void dfx_set_grad_enabled(int on);

    [LibraryImport(Libtorch.Name)]
    internal static partial nint dfx_inference_enter(int on);

    [LibraryImport(Libtorch.Name)]
    internal static partial void dfx_inference_leave(nint guard);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_inference_enabled();

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_set_autocast(int device_type, int on, int type);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_autocast_type(int device_type);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_autocast_enabled(int device_type);
}
