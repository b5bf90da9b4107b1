using System.IO.Compression;

namespace Dfx.Numerics.Files;

/// <summary>The checked directory of a zip, and the wall around the zip library's own errors.</summary>
internal sealed class ZipDirectory : IDisposable
{
    // One byte of deflate data makes at most this many: a code of at least two bits stands for at most 258 bytes.
    private const long MaxExpansion = 258 * 8 / 2;

    private readonly FilePlace _place;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _members = [];

    private ZipDirectory(FilePlace place, ZipArchive archive, long fileLength, Func<ZipArchiveEntry, string?> problem)
    {
        (_place, _archive) = (place, archive);
        foreach (var entry in archive.Entries)
        {
            Add(entry, problem(entry));
        }

        // Members that share bytes would make a small file unpack to any size.
        var left = fileLength;
        foreach (var entry in archive.Entries)
        {
            left -= entry.CompressedLength;
            if (left < 0)
            {
                throw place.Error($"the members' packed sizes exceed the file's {fileLength} bytes; they overlap, or the file is damaged");
            }
        }

        Names = [.. archive.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>The members' names in the directory's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens a zip and checks every entry of its directory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong with a member of this kind of file, or null.</param>
    /// <exception cref="TensorFileException">Not a zip, or a member that cannot be one of such a file.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static ZipDirectory Open(string path, Func<ZipArchiveEntry, string?> problem)
    {
        var place = new FilePlace(path);
        var stream = new FileStream(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return Guarded(place, () => new ZipDirectory(place, new ZipArchive(stream, ZipArchiveMode.Read), stream.Length, problem));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>A member's unpacked bytes as the directory declares them, or null if there is no such member.</summary>
    public long? Length(string name) => _members.TryGetValue(name, out var entry) ? entry.Length : null;

    /// <summary>Opens one member's unpacked bytes.</summary>
    /// <exception cref="TensorFileException">The member's local header is damaged.</exception>
    public ByteSource OpenMember(string name)
    {
        var entry = _members[name];
        var place = _place.Of("member", entry.FullName);
        return new(Guarded(place, entry.Open), entry.Length, entry.Crc32, place);
    }

    public void Dispose() => _archive.Dispose();

    private void Add(ZipArchiveEntry entry, string? problem)
    {
        var place = _place.Of("member", entry.FullName);
        if (problem is not null)
        {
            throw place.Error(problem);
        }

        if (entry.IsEncrypted)
        {
            throw place.Error("encrypted; expected a plain zip");
        }

        if (entry.CompressedLength < 0 || entry.Length < 0 || entry.Length / MaxExpansion > entry.CompressedLength)
        {
            throw place.Error($"declares {entry.Length} bytes packed into {entry.CompressedLength}, which deflate cannot do");
        }

        if (!_members.TryAdd(entry.FullName, entry))
        {
            throw place.Error("appears twice in the zip's directory; expected different names");
        }
    }

    // The zip library answers damaged fields with several exceptions, depending on the field.
    private static T Guarded<T>(FilePlace place, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw place.Error($"the zip is damaged or of an unknown kind: {e.Message}", e);
        }
    }
}
