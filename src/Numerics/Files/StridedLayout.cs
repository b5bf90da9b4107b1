namespace Dfx.Numerics.Files;

/// <summary>Turns arrays whose elements lie in another order into C order.</summary>
internal static class StridedLayout
{
    /// <summary>Copies elements of which the first index varies fastest into C order.</summary>
    /// <param name="bytes">The elements, first index fastest.</param>
    /// <param name="layout">Their layout.</param>
    public static byte[] ToCOrder(ReadOnlySpan<byte> bytes, ArrayLayout layout) => ToCOrder(bytes, layout, Strides(layout));

    /// <summary>Copies elements into C order.</summary>
    /// <param name="bytes">The elements; all that the strides reach.</param>
    /// <param name="layout">Their layout, of less than 2 GiB.</param>
    /// <param name="strides">The byte distance between neighbours along each axis.</param>
    public static byte[] ToCOrder(ReadOnlySpan<byte> bytes, ArrayLayout layout, long[] strides)
    {
        var size = layout.ItemSize;
        var result = GC.AllocateUninitializedArray<byte>((int)layout.ByteLength);
        var index = new long[strides.Length];
        var source = 0L;
        for (var target = 0; target < result.Length; target += size)
        {
            bytes.Slice((int)source, size).CopyTo(result.AsSpan(target));
            source += Advance(index, strides, layout);
        }

        return result;
    }

    // Byte distance between neighbours along each axis of the source.
    private static long[] Strides(ArrayLayout layout)
    {
        var strides = new long[layout.Shape.Length];
        long stride = layout.ItemSize;
        for (var axis = 0; axis < strides.Length; axis++)
        {
            strides[axis] = stride;
            stride *= layout.Shape[axis];
        }

        return strides;
    }

    // Steps the index on in C order and says how far that moves in the source.
    private static long Advance(long[] index, long[] strides, ArrayLayout layout)
    {
        var moved = 0L;
        for (var axis = index.Length - 1; axis >= 0; axis--)
        {
            moved += strides[axis];
            if (++index[axis] < layout.Shape[axis])
            {
                return moved;
            }

            moved -= index[axis] * strides[axis];
            index[axis] = 0;
        }

        return moved;
    }
}
