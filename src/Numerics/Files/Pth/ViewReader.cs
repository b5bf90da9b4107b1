namespace Dfx.Numerics.Files.Pth;

/// <summary>Reads a tensor that is a part of its storage or lies in another order: the storage first, as a whole, for its checksum's sake.</summary>
internal sealed class ViewReader(PthTensor tensor, ByteSource source) : ArrayReader(tensor.Layout, fortranOrder: false, source.Place)
{
    private byte[]? _bytes;
    private int _position;

    public override void Dispose()
    {
        source.Dispose();
        base.Dispose();
    }

    protected override void ReadNext(Span<byte> next)
    {
        _bytes ??= Gather();
        _bytes.AsSpan(_position, next.Length).CopyTo(next);
        _position += next.Length;
    }

    private byte[] Gather()
    {
        if (tensor.Storage.ByteLength > Array.MaxLength)
        {
            throw Place.Error($"a view of a storage of {tensor.Storage.ByteLength} bytes; at most {Array.MaxLength} are read for a view");
        }

        var storage = GC.AllocateUninitializedArray<byte>((int)tensor.Storage.ByteLength);
        source.ReadExactly(storage);
        source.Finish();
        var size = Layout.ItemSize;
        long[] strides = [.. tensor.Strides.Select(stride => stride * size)];
        return Layout.Count == 0 ? [] : StridedLayout.ToCOrder(storage.AsSpan((int)(tensor.Offset * size)), Layout, strides);
    }
}
