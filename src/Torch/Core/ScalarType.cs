namespace Dfx.Torch;

/// <summary>PyTorch's functions under their own names.</summary>
public static partial class torch
{
    /// <summary>The kinds of element that a tensor can hold; the numbers are libtorch's own.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>8-bit unsigned integer (uint8).</summary>
        Byte = 0,

        /// <summary>8-bit signed integer.</summary>
        Int8 = 1,

        /// <summary>16-bit signed integer.</summary>
        Int16 = 2,

        /// <summary>32-bit signed integer.</summary>
        Int32 = 3,

        /// <summary>64-bit signed integer.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Complex number of two single-precision parts.</summary>
        ComplexFloat32 = 9,

        /// <summary>Complex number of two double-precision parts.</summary>
        ComplexFloat64 = 10,

        /// <summary>Truth value, one byte each.</summary>
        Bool = 11,

        /// <summary>Brain float: the upper half of a single-precision number.</summary>
        BFloat16 = 15,
    }

    /// <summary>32-bit floating point.</summary>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <summary>64-bit floating point.</summary>
    public static readonly ScalarType float64 = ScalarType.Float64;

    /// <summary>16-bit brain floating point.</summary>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>64-bit signed integer.</summary>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>32-bit signed integer.</summary>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <summary>8-bit unsigned integer.</summary>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <summary>Truth value.</summary>
    public static readonly ScalarType @bool = ScalarType.Bool;

    /// <summary>Whether the dtype is one of the real floating-point kinds.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether the dtype is one of the complex kinds.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>Whether the dtype is an integer kind; bool is not one.</summary>
    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64;
}
