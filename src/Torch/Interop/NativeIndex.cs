using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>The kinds of place of an index expression, as the shim numbers them.</summary>
internal enum IndexKind : long
{
    None = 0,
    Ellipsis = 1,
    Integer = 2,
    Boolean = 3,
    Slice = 4,
    Tensor = 5,
}

/// <summary>A place of an index expression as the shim takes it; what A, B and C mean depends on the kind.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeIndex(IndexKind Kind, long A, long B, long C, nint Tensor)
{
    /// <summary>A bound of a slice that was left out.</summary>
    internal const long Open = long.MinValue;
}
