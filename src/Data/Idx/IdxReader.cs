using System.IO.Compression;
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
            using var stream = Open(file);
            return Read(stream, path);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new DataUnavailableException($"{path}: broken gzip data: {error.Message} Expected a whole .gz file; get it again.", error);
        }
    }

    private static Stream Open(byte[] file)
    {
        var bytes = new MemoryStream(file, writable: false);
        return IsGzip(file) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
    }

    private static IdxArray Read(Stream stream, string path)
    {
        var (header, dimensions) = IdxHeader.Read(stream, path);
        var expected = dimensions.Aggregate((UInt128)1, (product, extent) => product * (UInt128)extent) + (UInt128)header.Length;
        if (expected > (UInt128)Array.MaxLength)
        {
            throw new DataUnavailableException($"{path}: its header says {Shape(dimensions)}, {expected} bytes; expected at most {Array.MaxLength}");
        }

        var content = new byte[Math.Min((int)expected, FirstPiece)];
        header.CopyTo(content, 0);
        var length = Fill(stream, ref content, header.Length, (int)expected);
        return length == (int)expected && stream.ReadByte() < 0
            ? new(dimensions, content)
            : throw new DataUnavailableException(
                $"{path}: holds {(length < (int)expected ? $"{length}" : "more")} bytes; its header says {Shape(dimensions)}, so {expected} were expected");
    }

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
