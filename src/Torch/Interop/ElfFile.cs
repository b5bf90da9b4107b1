using System.Buffers.Binary;

namespace Dfx.Torch.Interop;

/// <summary>What can be told of a shared library before the loader touches it.</summary>
internal static class ElfFile
{
    private const int HeaderSize = 64;

    /// <summary>
    /// Whether the file is a 64-bit ELF file that reaches to the end of its section table, which comes last. The loader maps a
    /// file that was cut off without a complaint, and the process dies when it reads beyond the end.
    /// </summary>
    internal static bool IsWhole(string file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        using var stream = File.OpenRead(file);
        if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header[..4].SequenceEqual("\u007fELF"u8))
        {
            return false;
        }

        var table = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
        var entries = (ulong)BinaryPrimitives.ReadUInt16LittleEndian(header[58..]) * BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        return table <= (ulong)stream.Length && entries <= (ulong)stream.Length - table;
    }
}
