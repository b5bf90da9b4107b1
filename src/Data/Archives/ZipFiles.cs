using System.IO.Compression;
using System.IO.Hashing;
using Dfx.Sdk;

namespace Dfx.Data.Archives;

/// <summary>The files of a zip archive, read where they lie.</summary>
internal sealed class ZipFiles : ISourceFiles
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private readonly Lock _lock = new();

    private ZipFiles(ZipArchive archive, string origin)
    {
        (_archive, Origin) = (archive, origin);
        var hidden = new SortedSet<string>(StringComparer.Ordinal);
        _entries = Index(archive, origin, hidden);
        (Names, LeftOut) = ([.. _entries.Keys.Order(StringComparer.Ordinal)], EntryName.HiddenItems(hidden));
    }

    public string Origin { get; }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<LeftOut> LeftOut { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">A stream that can seek; closed with the files.</param>
    /// <param name="origin">The archive's path, for errors.</param>
    /// <exception cref="DataUnavailableException">It is no whole zip archive, or its directory is hostile.</exception>
    public static ZipFiles Open(Stream stream, string origin)
    {
        try
        {
            return new(new(stream, ZipArchiveMode.Read), origin);
        }
        catch (Exception error) when (IsDamage(error))
        {
            stream.Dispose();
            throw new DataUnavailableException($"{origin}: broken zip archive: {error.Message} Expected a whole .zip file; get it again.", error);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<byte> Read(string name, ref byte[] memory)
    {
        // One archive has one stream.
        lock (_lock)
        {
            var entry = _entries[name];
            try
            {
                var length = Unpack(entry, ref memory);
                return memory.AsSpan(0, length);
            }
            catch (Exception error) when (IsDamage(error) && error is not InvalidDataException)
            {
                throw new InvalidDataException($"cannot be unpacked: {error.Message}", error);
            }
        }
    }

    public void Dispose() => _archive.Dispose();

    private static int Unpack(ZipArchiveEntry entry, ref byte[] memory)
    {
        if (entry.Length > Limits.FileBytes || entry.Length > (entry.CompressedLength + 1) * Limits.Ratio)
        {
            throw new InvalidDataException(
                $"{entry.CompressedLength} packed bytes are said to be {entry.Length}; expected at most {Limits.FileBytes}, and {Limits.Ratio} a byte");
        }

        using var stream = entry.Open();
        var length = Pieces.Read(stream, entry.Length, ref memory);
        if (length != entry.Length || Crc32.HashToUInt32(memory.AsSpan(0, length)) != entry.Crc32)
        {
            throw new InvalidDataException("its content does not fit the archive's checksum: the archive is damaged, get it again");
        }

        return length;
    }

    private static Dictionary<string, ZipArchiveEntry> Index(ZipArchive archive, string origin, SortedSet<string> hidden)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        var windows = EntryName.AreWindows(archive.Entries.Select(entry => entry.FullName));

        // A name that ends with a slash is a folder.
        foreach (var (path, entry) in archive.Entries.Select(entry => (windows ? entry.FullName.Replace('\\', '/') : entry.FullName, entry)).Where(pair => !pair.Item1.EndsWith('/')))
        {
            var name = EntryName.Checked(path, origin);
            if (EntryName.Hidden(name) is { } item)
            {
                hidden.Add(item);
            }
            else if (entry.IsEncrypted)
            {
                throw new DataUnavailableException($"{origin}: '{name}' is encrypted. Unpack the archive with its password and name the folder.");
            }
            else if (!entries.TryAdd(name, entry))
            {
                throw new DataUnavailableException($"{origin}: two entries are named '{name}'; expected each once.");
            }
        }

        return entries.Count <= Limits.Files
            ? entries
            : throw new DataUnavailableException($"{origin}: {entries.Count} files; expected at most {Limits.Files}.");
    }

    // What System.IO.Compression throws when the bytes are not what they should be.
    private static bool IsDamage(Exception error) =>
        error is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException or OverflowException;
}
