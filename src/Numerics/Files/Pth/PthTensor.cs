namespace Dfx.Numerics.Files.Pth;

/// <summary>A run of numbers in a file, which tensors are views of.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">What one element is.</param>
/// <param name="Count">How many elements there are said to be; not negative, and of less than 2^63 bytes.</param>
internal sealed record PthStorage(string Key, ElementType Type, long Count)
{
    public int ItemSize => ElementFormat.Of(Type)!.Size;

    public long ByteLength => Count * ItemSize;
}

/// <summary>A view of a storage that lies within it.</summary>
/// <param name="Storage">Where the elements are.</param>
/// <param name="Offset">The index of the first element.</param>
/// <param name="Layout">Element type and shape.</param>
/// <param name="Strides">Elements between neighbours along each axis; not negative.</param>
internal sealed record PthTensor(PthStorage Storage, long Offset, ArrayLayout Layout, IReadOnlyList<long> Strides)
{
    /// <summary>Whether it is its whole storage, in C order, which can be read as it lies.</summary>
    public bool IsWhole => Layout.Count == Storage.Count && IsDense;

    private bool IsDense
    {
        get
        {
            var expected = 1L;
            for (var axis = Layout.Shape.Length - 1; axis >= 0; axis--)
            {
                if (Layout.Shape[axis] != 1 && Strides[axis] != expected)
                {
                    return false;
                }

                expected *= Layout.Shape[axis];
            }

            return true;
        }
    }

    /// <summary>Says what is wrong with a view, or null when it lies within its storage.</summary>
    public static string? Problem(PthStorage storage, long offset, long[] shape, long[] strides)
    {
        if (ArrayLayout.Problem(storage.Type, shape, 0) is { } problem)
        {
            return problem;
        }

        if (shape.Length != strides.Length || offset < 0 || strides.Any(stride => stride < 0))
        {
            return $"{shape.Length} extents, {strides.Length} strides, offset {offset}; expected as many of both, and nothing negative";
        }

        // In 128 bits, so that no product of 64-bit numbers wraps around.
        Int128 count = 1, end = offset;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            count *= shape[axis];
            end += (Int128)Math.Max(shape[axis] - 1, 0) * strides[axis];
        }

        // More elements than the storage has are a small file's way to become a large tensor.
        return count > storage.Count || (count > 0 && end >= storage.Count)
            ? $"reaches element {end} and has {count} elements; its storage {FilePlace.Quote(storage.Key)} has {storage.Count}"
            : null;
    }
}
