using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Passes tensors to the shim and takes its results over; null from the shim is an error or "no tensor".</summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    /// <summary>Keeps the managed tensor alive until the native call has returned.</summary>
    internal ref struct In
    {
        private Tensor _tensor;

        public void FromManaged(Tensor tensor) => _tensor = tensor ?? throw new ArgumentNullException(nameof(tensor), "A tensor is null.");

        public readonly nint ToUnmanaged() => _tensor.Handle;

        public readonly void OnInvoked() => GC.KeepAlive(_tensor);

        // The generated code calls it; the tensor belongs to its holder.
        public readonly void Free()
        {
        }
    }

    internal static class Out
    {
        public static Tensor? ConvertToManaged(nint handle) =>
            handle != 0 ? new Tensor(handle) : NativeErrors.Take() is { } error ? throw error : null;
    }
}

/// <summary>Passes a tensor that may be left out; the shim sees null then.</summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class OptionalTensorMarshaller
{
    /// <summary>Keeps the managed tensor, if there is one, alive until the native call has returned.</summary>
    internal ref struct In
    {
        private Tensor? _tensor;

        public void FromManaged(Tensor? tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor?.Handle ?? 0;

        public readonly void OnInvoked() => GC.KeepAlive(_tensor);

        // The generated code calls it; the tensor belongs to its holder.
        public readonly void Free()
        {
        }
    }
}
