namespace Dfx.Data.Cifar;

/// <summary>A numpy array of uint8 from a pickle.</summary>
internal sealed class PickledArray
{
    /// <summary>The extents.</summary>
    public IReadOnlyList<int> Shape { get; private set; } = [];

    /// <summary>The bytes in row-major order.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Sets what numpy calls the array's state.</summary>
    /// <exception cref="ArgumentException">Another dtype or order, or bytes that the shape does not fit.</exception>
    public void Fill(int[] shape, byte[] bytes, bool plain)
    {
        var count = shape.Aggregate(1L, (product, extent) => extent >= 0 ? checked(product * extent) : throw new ArgumentException("a negative extent"));
        (Shape, Bytes) = plain && count == bytes.Length
            ? (shape, bytes)
            : throw new ArgumentException($"an array [{string.Join(", ", shape)}] of {bytes.Length} bytes; expected uint8 in row-major order");
    }
}
