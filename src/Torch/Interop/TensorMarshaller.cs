using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Passes tensors to the shim and takes its results over; null from the shim is an error or "no tensor".</summary>
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    /// <summary>Keeps the managed tensor alive until the native call has returned.</summary>
    internal ref struct In
    {
        private torch.Tensor? _tensor;

        public void FromManaged(torch.Tensor? tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor is null ? 0 : _tensor.Handle;

        public readonly void OnInvoked() => GC.KeepAlive(_tensor);

        public void Free() => _tensor = null;
    }

    internal static class Out
    {
        public static torch.Tensor? ConvertToManaged(nint handle) =>
            handle != 0 ? new torch.Tensor(handle) : NativeErrors.Take() is { } error ? throw error : null;
    }
}
