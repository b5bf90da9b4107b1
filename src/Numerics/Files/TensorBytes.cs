namespace Dfx.Numerics.Files;

/// <summary>The memory of a contiguous CPU tensor, in pieces that spans can cover.</summary>
internal static class TensorBytes
{
    // A power of two, hence a whole number of elements of any type.
    private const int PieceSize = 1 << 30;

    public delegate void Visitor<T>(Span<byte> part, T argument);

    /// <summary>Shows the tensor's memory to the visitor, from its first byte to its last; nothing when it is empty.</summary>
    public static void Visit<T>(torch.Tensor tensor, ArrayLayout layout, Visitor<T> visitor, T argument)
    {
        using var flat = tensor.view(layout.Count);
        long step = PieceSize / layout.ItemSize;
        for (var start = 0L; start < layout.Count; start += step)
        {
            using var piece = flat.narrow(0, start, Math.Min(step, layout.Count - start));
            visitor(piece.bytes, argument);
        }
    }
}
