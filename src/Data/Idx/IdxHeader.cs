using System.Buffers.Binary;
using Dfx.Sdk;

namespace Dfx.Data.Idx;

/// <summary>The start of an IDX file: two zero bytes, the element type, the number of dimensions, then their extents, big-endian.</summary>
/// <remarks>Source: "The IDX file format" in LeCun, Cortes and Burges, The MNIST database of handwritten digits.</remarks>
internal static class IdxHeader
{
    private const byte UnsignedByte = 0x08;
    private const int MagicLength = 4;
    private const int MaxRank = 8;

    /// <summary>Bytes of a header.</summary>
    public static int Length(int rank) => MagicLength + (sizeof(int) * rank);

    /// <summary>Reads a header.</summary>
    /// <returns>The header's bytes and what they say.</returns>
    /// <exception cref="DataUnavailableException">It is cut off, or no header of an array of unsigned bytes.</exception>
    public static (byte[] Bytes, int[] Dimensions) Read(Stream stream, string path)
    {
        var magic = Next(stream, MagicLength, path);
        int rank = magic[3];
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedByte || rank is < 1 or > MaxRank)
        {
            throw new DataUnavailableException(
                $"{path}: starts with the bytes {Convert.ToHexString(magic)}; expected 0000080N, an IDX file of unsigned bytes with N from 1 to {MaxRank} dimensions");
        }

        var extents = Next(stream, rank * sizeof(int), path);
        return ([.. magic, .. extents], [.. Enumerable.Range(0, rank).Select(i => Extent(extents, i, path))]);
    }

    private static int Extent(byte[] extents, int index, string path)
    {
        var extent = BinaryPrimitives.ReadInt32BigEndian(extents.AsSpan(index * sizeof(int)));
        return extent >= 0 ? extent : throw new DataUnavailableException($"{path}: dimension {index} is {(uint)extent}; expected less than 2^31");
    }

    private static byte[] Next(Stream stream, int count, string path)
    {
        var bytes = new byte[count];
        var read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return read == count
            ? bytes
            : throw new DataUnavailableException($"{path}: ends within its IDX header, after {read} of {count} bytes");
    }
}
