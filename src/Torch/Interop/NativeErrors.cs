using System.Runtime.InteropServices;
using System.Text;

namespace Dfx.Torch.Interop;

/// <summary>Turns the error that the shim recorded for this thread into an exception.</summary>
internal static partial class NativeErrors
{
    private const int Capacity = 4096;
    private const int OutOfMemory = 2;

    [LibraryImport(Libtorch.Name)]
    private static unsafe partial int dfx_take_error(byte* buffer, int capacity);

    /// <summary>The recorded error, or null when there is none.</summary>
    internal static unsafe Exception? Take()
    {
        var buffer = stackalloc byte[Capacity];
        var kind = dfx_take_error(buffer, Capacity);
        if (kind == 0)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
        return kind == OutOfMemory ? LibtorchException.OutOfMemory(text) : new LibtorchException(text);
    }

    internal static Exception TakeOrUnknown(string what) => Take() ?? new LibtorchException($"{what} failed without a message");
}
