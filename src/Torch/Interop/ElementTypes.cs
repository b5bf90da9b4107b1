namespace Dfx.Torch.Interop;

/// <summary>Which dtype a managed type is stored as.</summary>
internal static class ElementTypes
{
    /// <exception cref="ArgumentException">No dtype stores that type.</exception>
    internal static torch.ScalarType Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => torch.ScalarType.Byte,
        TypeCode.SByte => torch.ScalarType.Int8,
        TypeCode.Int16 => torch.ScalarType.Int16,
        TypeCode.Int32 => torch.ScalarType.Int32,
        TypeCode.Int64 => torch.ScalarType.Int64,
        TypeCode.Single => torch.ScalarType.Float32,
        TypeCode.Double => torch.ScalarType.Float64,
        TypeCode.Boolean => torch.ScalarType.Bool,
        _ when type == typeof(Half) => torch.ScalarType.Float16,
        _ when type == typeof(System.Numerics.Complex) => torch.ScalarType.ComplexFloat64,
        _ => throw new ArgumentException($"No dtype stores elements of type {type.Name}."),
    };
}
