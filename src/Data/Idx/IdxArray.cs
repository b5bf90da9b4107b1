namespace Dfx.Data.Idx;

/// <summary>An array of bytes as the IDX format stores it.</summary>
/// <param name="Dimensions">The extent of each dimension.</param>
/// <param name="Content">The whole content of the file, unpacked: the header, then the bytes in row-major order.</param>
internal sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Content)
{
    /// <summary>The array's bytes without the header.</summary>
    public ReadOnlyMemory<byte> Data => Content.AsMemory(IdxHeader.Length(Dimensions.Count));
}
