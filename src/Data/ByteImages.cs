namespace Dfx.Data;

/// <summary>One part of a dataset of 8-bit images.</summary>
/// <param name="Pixels">Images one after the other, each [C, H, W] in row-major order.</param>
/// <param name="Labels">The class of each image.</param>
internal sealed record ByteImages(ReadOnlyMemory<byte> Pixels, ReadOnlyMemory<byte> Labels)
{
    /// <summary>How many images there are.</summary>
    public int Count => Labels.Length;
}
