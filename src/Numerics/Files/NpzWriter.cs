using System.IO.Compression;

namespace Dfx.Numerics.Files;

/// <summary>Writes .npz files that do not depend on the time or the machine.</summary>
internal static class NpzWriter
{
    // The first date a zip can hold, which numpy uses too.
    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A regular file that its owner may read and write, in the upper half as Unix zips have it; numpy sets the same.
    private const int Attributes = 0x180 << 16;

    public static void Write(string path, IEnumerable<KeyValuePair<string, IArraySource>> arrays, bool compress)
    {
        var level = compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression;
        AtomicFile.Write(path, stream =>
        {
            var names = new HashSet<string>();
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, array) in arrays)
            {
                if (!names.Add(name))
                {
                    throw new ArgumentException($"two arrays are named {FilePlace.Quote(name)}; names must differ", nameof(arrays));
                }

                WriteMember(archive.CreateEntry(StrictText.Checked(name) + NpzDirectory.Extension, level), array);
            }
        });
    }

    private static void WriteMember(ZipArchiveEntry entry, IArraySource array)
    {
        entry.LastWriteTime = Timestamp;
        entry.ExternalAttributes = Attributes;
        using var stream = entry.Open();
        NpyFile.WriteTo(stream, array);
    }
}
