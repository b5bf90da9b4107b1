using System.IO.Compression;
using System.Numerics;
using Dfx.Sdk;

namespace Dfx.Data.Idx;

/// <summary>Reads IDX files of unsigned bytes, gzip or plain: which of the two it is, the first bytes say.</summary>
internal static class IdxReader
{
    // Memory grows with what the file really holds, whatever its header promises.
    private const int FirstPiece = 1 << 20;

    /// <summary>Whether a file's content is gzip.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> file) => file is [0x1f, 0x8b, ..];

    /// <summary>Reads an array.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="path">Its name, for errors.</param>
    /// <exception cref="DataUnavailableException">A wrong magic number, broken gzip data, or more or fewer bytes than the header says.</exception>
    public static IdxArray Read(byte[] file, string path)
    {
        try
        {
            return IsGzip(file) ? Unpack(file, path) : Plain(file, path);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new DataUnavailableException($"{path}: broken gzip data: {error.Message} Expected a whole .gz file; get it again.", error);
        }
    }

    private static IdxArray Plain(byte[] file, string path)
    {
        using var stream = new MemoryStream(file, writable: false);
        var (header, dimensions) = IdxHeader.Read(stream, path);
        var expected = Expected(header.Length, dimensions, path);
        return file.Length == expected ? new(dimensions, file) : throw Wrong(path, dimensions, expected, $"{file.Length}");
    }

    private static IdxArray Unpack(byte[] file, string path)
    {
        using var stream = new GZipStream(new MemoryStream(file, writable: false), CompressionMode.Decompress);
        var (header, dimensions) = IdxHeader.Read(stream, path);
        var expected = Expected(header.Length, dimensions, path);
        var content = new byte[Math.Min(expected, FirstPiece)];
        header.CopyTo(content, 0);
        var length = Fill(stream, ref content, header.Length, expected);
        return length == expected && stream.ReadByte() < 0
            ? new(dimensions, content)
            : throw Wrong(path, dimensions, expected, length < expected ? $"{length}" : "more");
    }

    private static int Expected(int header, int[] dimensions, string path)
    {
        var expected = dimensions.Aggregate(BigInteger.One, (product, extent) => product * extent) + header;
        return expected <= Array.MaxLength
            ? (int)expected
            : throw new DataUnavailableException($"{path}: its header says {Shape(dimensions)}, {expected} bytes; expected at most {Array.MaxLength}");
    }

    private static DataUnavailableException Wrong(string path, int[] dimensions, int expected, string found) =>
        new($"{path}: holds {found} bytes; its header says {Shape(dimensions)}, so {expected} were expected");

    private static int Fill(Stream stream, ref byte[] content, int length, int expected)
    {
        while (length < expected)
        {
            if (length == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min(2L * length, expected));
            }

            var read = stream.Read(content, length, content.Length - length);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return length;
    }

    private static string Shape(int[] dimensions) => string.Join('x', dimensions);
}
