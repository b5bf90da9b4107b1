using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Passes a generator, or none for the device's default one, and keeps it alive until the native call has returned.</summary>
[CustomMarshaller(typeof(torch.Generator), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class GeneratorMarshaller
{
    internal ref struct In
    {
        private torch.Generator? _generator;

        public void FromManaged(torch.Generator? generator) => _generator = generator;

        public readonly nint ToUnmanaged() => _generator?.Handle ?? 0;

        public readonly void OnInvoked() => GC.KeepAlive(_generator);

        // The generated code calls it; the generator belongs to its holder.
        public readonly void Free()
        {
        }
    }
}
