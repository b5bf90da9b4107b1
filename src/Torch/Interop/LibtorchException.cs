using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>An error of libtorch, or of finding and loading it: its message, one line, with the shapes involved.</summary>
/// <remarks>
/// Derives from <see cref="ExternalException"/>, which is what TorchSharp throws, so code that catches that works with both
/// libraries.
/// </remarks>
internal sealed class LibtorchException : ExternalException
{
    internal LibtorchException(string message)
        : base(message)
    {
    }

    private LibtorchException(string message, int code)
        : base(message, code)
    {
    }

    internal LibtorchException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Memory ran out, on any device: the error code is that of an <see cref="OutOfMemoryException"/>.</summary>
    internal static LibtorchException OutOfMemory(string message) => new(message, unchecked((int)0x8007000E));
}
