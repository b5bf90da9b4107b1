using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>A number as the shim takes it: 16 bytes, by value. The kind decides libtorch's type promotion.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Number
{
    private const long Integer = 1;
    private const long Real = 2;
    private const long Boolean = 3;

    private readonly long _kind;
    private readonly long _bits;

    private Number(long kind, long bits)
    {
        _kind = kind;
        _bits = bits;
    }

    /// <summary>No value was given.</summary>
    internal static Number None => default;

    internal bool IsReal => _kind == Real;

    internal bool IsBoolean => _kind == Boolean;

    internal double AsDouble => IsReal ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    internal long AsInt64 => IsReal ? checked((long)BitConverter.Int64BitsToDouble(_bits)) : _bits;

    public static implicit operator Number(long value) => new(Integer, value);

    public static implicit operator Number(double value) => new(Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Number(bool value) => new(Boolean, value ? 1 : 0);

    public static implicit operator Number(Scalar? value) => value?.Number ?? None;
}
