using System.IO.Compression;

namespace Dfx.Numerics.Files;

/// <summary>The checked directory of a zip whose members are npy files, and the wall around the zip library's own errors.</summary>
internal sealed class NpzDirectory : IDisposable
{
    /// <summary>What every member's name ends with.</summary>
    public const string Extension = ".npy";

    // One byte of deflate data makes at most this many: a code of at least two bits stands for at most 258 bytes.
    private const long MaxExpansion = 258 * 8 / 2;

    private readonly FilePlace _place;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _members = [];

    private NpzDirectory(FilePlace place, ZipArchive archive, long fileLength)
    {
        (_place, _archive) = (place, archive);
        foreach (var entry in archive.Entries)
        {
            Add(entry);
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

        Names = [.. archive.Entries.Select(entry => entry.FullName[..^Extension.Length])];
    }

    /// <summary>The members' names without the extension, in the directory's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="TensorFileException">Not a zip, or a member that cannot be one of an npz file.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static NpzDirectory Open(string path)
    {
        var place = new FilePlace(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return Guarded(place, () => new NpzDirectory(place, new ZipArchive(stream, ZipArchiveMode.Read), stream.Length));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens one member's unpacked bytes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    /// <exception cref="TensorFileException">The member's local header is damaged.</exception>
    public ByteSource OpenMember(string name)
    {
        if (!_members.TryGetValue(name, out var entry))
        {
            throw NearestName.Missing(_place, "array", name, Names);
        }

        var place = _place.Of("member", entry.FullName);
        return new(Guarded(place, entry.Open), entry.Length, entry.Crc32, place);
    }

    public void Dispose() => _archive.Dispose();

    private void Add(ZipArchiveEntry entry)
    {
        var place = _place.Of("member", entry.FullName);
        if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
        {
            throw place.Error("not an array; expected every member of an npz file to end in .npy");
        }

        if (entry.IsEncrypted)
        {
            throw place.Error("encrypted; expected a plain zip");
        }

        if (entry.CompressedLength < 0 || entry.Length < 0 || entry.Length / MaxExpansion > entry.CompressedLength)
        {
            throw place.Error($"declares {entry.Length} bytes packed into {entry.CompressedLength}, which deflate cannot do");
        }

        if (!_members.TryAdd(entry.FullName[..^Extension.Length], entry))
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
