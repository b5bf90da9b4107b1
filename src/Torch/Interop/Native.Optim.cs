using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>Optimizer steps: the exports of native/optim.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_adam_step(
        ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> grads, ReadOnlySpan<nint> ms, ReadOnlySpan<nint> vs, ReadOnlySpan<nint> vmaxs,
        long vmax_count, ReadOnlySpan<long> steps, long count, AdamSettings settings);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_sgd_step(
        ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> grads, ReadOnlySpan<nint> buffers, long buffer_count, ReadOnlySpan<long> first,
        long count, double lr, double momentum, double dampening, double weight_decay, int nesterov, int maximize);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_clip_grad_norm(ReadOnlySpan<nint> grads, long n, double max_norm, double norm_type, out double result);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_lerp_all(ReadOnlySpan<nint> targets, ReadOnlySpan<nint> sources, long n, double weight);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_zero_grads(ReadOnlySpan<nint> parameters, long n);
}
