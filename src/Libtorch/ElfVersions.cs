using System.Buffers.Binary;
using System.Text;

namespace Dfx.Elf;

/// <summary>One version of symbols that a shared library needs from another.</summary>
/// <param name="Library">The library that should define it, such as <c>libstdc++.so.6</c>.</param>
/// <param name="Version">Its name, such as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="IsWeak">True if the loader accepts a library that lacks it.</param>
/// <param name="Symbols">The symbols that are bound to it.</param>
/// <param name="FlagsOffset">Where its 16 bits of flags are in the file.</param>
internal sealed record NeededVersion(string Library, string Version, bool IsWeak, IReadOnlyList<string> Symbols, int FlagsOffset);

/// <summary>The versions of symbols that an ELF file (64 bits, little-endian) defines and needs.</summary>
/// <remarks>The layout is that of the Linux Standard Base, "Symbol Versioning".</remarks>
internal sealed class ElfVersions
{
    private const uint DynamicSymbols = 11;
    private const uint Defined = 0x6ffffffd;
    private const uint Needed = 0x6ffffffe;
    private const uint OfSymbols = 0x6fffffff;
    private const int SymbolSize = 24;

    private readonly byte[] _file;
    private readonly List<Section> _sections;

    /// <exception cref="InvalidDataException">The bytes are no such file.</exception>
    internal ElfVersions(byte[] file)
    {
        _file = file;
        if (file.Length < 64 || !file.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        }

        try
        {
            _sections = [.. Enumerable.Range(0, U16(0x3c)).Select(i => ReadSection((int)U64(0x28) + i * U16(0x3a)))];
            Definitions = ReadDefinitions().ToHashSet();
            Needs = [.. ReadNeeds()];
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("an ELF file whose tables point out of it", e);
        }
    }

    /// <summary>The versions that the library defines.</summary>
    internal IReadOnlySet<string> Definitions { get; }

    /// <summary>The versions that it needs from others.</summary>
    internal IReadOnlyList<NeededVersion> Needs { get; }

    private IEnumerable<string> ReadDefinitions()
    {
        foreach (var section in _sections.Where(s => s.Type == Defined))
        {
            foreach (var entry in Chain(section.Offset, section.Info, nextAt: 16))
            {
                yield return Name(section, U32(entry + (int)U32(entry + 12)));
            }
        }
    }

    private IEnumerable<NeededVersion> ReadNeeds()
    {
        var bound = SymbolsByVersion();
        foreach (var section in _sections.Where(s => s.Type == Needed))
        {
            foreach (var entry in Chain(section.Offset, section.Info, nextAt: 12))
            {
                foreach (var version in Chain(entry + (int)U32(entry + 8), U16(entry + 2), nextAt: 12))
                {
                    var weak = (U16(version + 4) & WeakVersion.Flag) != 0;
                    yield return new(Name(section, U32(entry + 4)), Name(section, U32(version + 8)), weak, [.. bound[U16(version + 6)]], version + 4);
                }
            }
        }
    }

    private ILookup<int, string> SymbolsByVersion()
    {
        var symbols = _sections.FirstOrDefault(s => s.Type == DynamicSymbols);
        var versions = _sections.FirstOrDefault(s => s.Type == OfSymbols);
        var count = symbols is null || versions is null ? 0 : symbols.Size / SymbolSize;
        return Enumerable.Range(0, count).ToLookup(
            i => U16(versions!.Offset + 2 * i) & 0x7fff,
            i => Name(symbols!, U32(symbols!.Offset + SymbolSize * i)));
    }

    // Each entry says how far behind it the next one is; zero ends the chain.
    private IEnumerable<int> Chain(int first, int count, int nextAt)
    {
        var at = first;
        for (var i = 0; i < count; i++)
        {
            yield return at;
            var next = checked((int)U32(at + nextAt));
            if (next == 0)
            {
                yield break;
            }

            at += next;
        }
    }

    private string Name(Section section, uint offset)
    {
        var start = _sections[section.Link].Offset + (int)offset;
        return Encoding.ASCII.GetString(_file.AsSpan(start, _file.AsSpan(start).IndexOf((byte)0)));
    }

    private Section ReadSection(int at) => new(U32(at + 4), checked((int)U64(at + 24)), checked((int)U64(at + 32)), (int)U32(at + 40), (int)U32(at + 44));

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(at, 2));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(at, 4));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(at, 8));

    private sealed record Section(uint Type, int Offset, int Size, int Link, int Info);
}
