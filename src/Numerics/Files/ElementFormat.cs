namespace Dfx.Numerics.Files;

/// <summary>One row of the table that says how each element type is stored and named; <see cref="ElementType.Text"/> has no fixed
/// row.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Safetensors">Its dtype in a safetensors header.</param>
/// <param name="Numpy">Its descr in an npy header; null where numpy has no such type.</param>
/// <param name="Clr">The .NET type of one element; bfloat16 has none and is handed out as its 16 raw bits.</param>
internal sealed record ElementFormat(ElementType Type, int Size, string Safetensors, string? Numpy, Type Clr)
{
    private static readonly ElementFormat[] Rows =
    [
        new(ElementType.Bool, 1, "BOOL", "|b1", typeof(bool)),
        new(ElementType.UInt8, 1, "U8", "|u1", typeof(byte)),
        new(ElementType.Int8, 1, "I8", "|i1", typeof(sbyte)),
        new(ElementType.Int16, 2, "I16", "<i2", typeof(short)),
        new(ElementType.Float16, 2, "F16", "<f2", typeof(Half)),
        new(ElementType.BFloat16, 2, "BF16", null, typeof(ushort)),
        new(ElementType.Int32, 4, "I32", "<i4", typeof(int)),
        new(ElementType.Float32, 4, "F32", "<f4", typeof(float)),
        new(ElementType.Float64, 8, "F64", "<f8", typeof(double)),
        new(ElementType.Int64, 8, "I64", "<i8", typeof(long)),
    ];

    /// <summary>The dtypes a safetensors file may have here, for error messages.</summary>
    public static string SafetensorsNames { get; } = string.Join(", ", Rows.Select(row => row.Safetensors));

    /// <summary>The descrs an npy file may have here, for error messages.</summary>
    public static string NumpyNames { get; } = string.Join(", ", Rows.Select(row => row.Numpy).OfType<string>()) + ", <U…";

    public static ElementFormat? Of(ElementType type) => Array.Find(Rows, row => row.Type == type);

    public static ElementFormat? OfClr(Type clr) => Array.Find(Rows, row => row.Clr == clr);

    public static ElementFormat? OfSafetensors(string name) => Array.Find(Rows, row => row.Safetensors == name);

    public static ElementFormat? OfNumpy(string descr) => Array.Find(Rows, row => row.Numpy == descr);
}
