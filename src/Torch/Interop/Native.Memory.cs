using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>The memory of CPU tensors: the exports of native/memory.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial nint dfx_live_bytes();

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_peak_bytes();

    [LibraryImport(Libtorch.Name)]
    internal static partial void dfx_reset_peak();

    [LibraryImport(Libtorch.Name)]
    internal static partial void dfx_trim();
}
