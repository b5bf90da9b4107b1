using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>The libraries that a native library (ELF, 64 bits, little-endian) needs and does not itself say to look for beside it.</summary>
/// <remarks>The layout is that of the System V ABI, chapters "Object Files" and "Program Loading and Dynamic Linking".</remarks>
internal static class ElfNeeds
{
    private const int Loaded = 1;
    private const int Dynamic = 2;
    private const long Needed = 1;
    private const long Strings = 5;
    private const long OldRunPath = 15;
    private const long RunPath = 29;

    private readonly record struct Segment(int Type, long Offset, long Address, long Size);

    /// <summary>Their names; none if the file is of another kind or damaged, which the system says when it is loaded.</summary>
    internal static IReadOnlyList<string> Of(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(RegularFile.Checked(path)));
        try
        {
            return reader.ReadBytes(6).AsSpan().SequenceEqual("\u007fELF\u0002\u0001"u8) ? Read(reader) : [];
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return [];
        }
    }

    private static List<string> Read(BinaryReader reader)
    {
        var segments = Segments(reader);
        var entries = segments.Where(s => s.Type == Dynamic).SelectMany(s => Entries(reader, s)).ToList();
        var table = entries.FirstOrDefault(e => e.Tag == Strings).Value;
        var home = segments.FirstOrDefault(s => s.Type == Loaded && table >= s.Address && table < s.Address + s.Size);
        string Name(long value) => Text(reader, table - home.Address + home.Offset + value);
        return entries.Exists(e => e.Tag is OldRunPath or RunPath && Name(e.Value).Contains("$ORIGIN", StringComparison.Ordinal))
            ? []
            : [.. entries.Where(e => e.Tag == Needed).Select(e => Name(e.Value))];
    }

    private static List<Segment> Segments(BinaryReader reader)
    {
        var (table, size, count) = (At(reader, 0x20).ReadInt64(), At(reader, 0x36).ReadUInt16(), At(reader, 0x38).ReadUInt16());
        return [.. Enumerable.Range(0, count).Select(i => table + (i * size)).Select(at => new Segment(
            At(reader, at).ReadInt32(), At(reader, at + 8).ReadInt64(), At(reader, at + 16).ReadInt64(), At(reader, at + 32).ReadInt64()))];
    }

    private static IEnumerable<(long Tag, long Value)> Entries(BinaryReader reader, Segment dynamic)
    {
        At(reader, dynamic.Offset);
        for (var tag = reader.ReadInt64(); tag != 0; tag = reader.ReadInt64())
        {
            yield return (tag, reader.ReadInt64());
        }
    }

    private static string Text(BinaryReader reader, long at)
    {
        var text = new StringBuilder();
        At(reader, at);
        for (var c = reader.ReadByte(); c != 0; c = reader.ReadByte())
        {
            text.Append((char)c);
        }

        return text.ToString();
    }

    private static BinaryReader At(BinaryReader reader, long position)
    {
        reader.BaseStream.Position = position;
        return reader;
    }
}
