namespace Dfx.Numerics.Files;

/// <summary>Which tensor type holds which stored element type. Unsigned integers above 8 bits and complex numbers have no
/// counterpart.</summary>
internal static class TorchTypes
{
    private static readonly (ElementType Stored, torch.ScalarType Tensor)[] Pairs =
    [
        (ElementType.Bool, torch.ScalarType.Bool),
        (ElementType.UInt8, torch.ScalarType.Byte),
        (ElementType.Int8, torch.ScalarType.Int8),
        (ElementType.Int16, torch.ScalarType.Int16),
        (ElementType.Float16, torch.ScalarType.Float16),
        (ElementType.BFloat16, torch.ScalarType.BFloat16),
        (ElementType.Int32, torch.ScalarType.Int32),
        (ElementType.Float32, torch.ScalarType.Float32),
        (ElementType.Float64, torch.ScalarType.Float64),
        (ElementType.Int64, torch.ScalarType.Int64),
    ];

    /// <summary>The tensor type of stored elements, or null for strings.</summary>
    public static torch.ScalarType? ToTorch(ElementType type)
    {
        var index = Array.FindIndex(Pairs, pair => pair.Stored == type);
        return index < 0 ? null : Pairs[index].Tensor;
    }

    /// <summary>The stored type of a tensor, or null when files have none for it.</summary>
    public static ElementType? ToStored(torch.ScalarType type)
    {
        var index = Array.FindIndex(Pairs, pair => pair.Tensor == type);
        return index < 0 ? null : Pairs[index].Stored;
    }
}
