using System.Text;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>A native library (ELF, 64 bits) without code: a name, and the names of others that it needs.</summary>
internal static class MadeLibrary
{
    private const int Header = 64;
    private const int Segment = 56;
    private const int Symbol = 24;

    /// <summary>Its bytes, laid out as the System V ABI says: headers, dynamic section, hash table, symbols, names.</summary>
    internal static byte[] Bytes(string name, params string[] needs)
    {
        var names = Encoding.ASCII.GetBytes('\0' + string.Concat(((string[])[name, .. needs]).Select(n => n + '\0')));
        var dynamic = Header + (3 * Segment);
        var hash = dynamic + (16 * (needs.Length + 7));
        var symbols = hash + 16;
        var text = symbols + Symbol;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("\u007fELF\u0002\u0001\u0001"u8);
        writer.Write(new byte[9]);
        Write(writer, (short)3, (short)62, 1, 0L, (long)Header, 0L, 0, (short)Header, (short)Segment, (short)3, (short)64, (short)0, (short)0);
        WriteSegment(writer, 1, 0, text + names.Length);
        WriteSegment(writer, 2, dynamic, hash - dynamic);
        WriteSegment(writer, 0x6474e551, 0, 0); // the stack need not be executable
        foreach (var need in needs.Index())
        {
            Write(writer, 1L, Place([name, .. needs[..need.Index]]));
        }

        Write(writer, 14L, 1L, 4L, (long)hash, 5L, (long)text, 6L, (long)symbols, 10L, (long)names.Length, 11L, (long)Symbol, 0L, 0L);
        Write(writer, 1, 1, 0, 0);
        writer.Write(new byte[Symbol]);
        writer.Write(names);
        return stream.ToArray();
    }

    private static long Place(IEnumerable<string> before) => 1 + before.Sum(n => n.Length + 1);

    // Readable and writable: the loader writes addresses into the dynamic section.
    private static void WriteSegment(BinaryWriter writer, int type, long at, long size) =>
        Write(writer, type, 6, at, at, at, size, size, type == 1 ? 0x1000L : 8L);

    private static void Write(BinaryWriter writer, params object[] numbers)
    {
        foreach (var number in numbers)
        {
            switch (number)
            {
                case short n: writer.Write(n); break;
                case int n: writer.Write(n); break;
                default: writer.Write((long)number); break;
            }
        }
    }
}
