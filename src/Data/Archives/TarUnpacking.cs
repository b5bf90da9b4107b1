using System.Formats.Tar;
using System.IO.Compression;
using Dfx.Data.Idx;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Archives;

/// <summary>Unpacks tar archives, gzip or plain. Only files and folders are taken; links and devices are refused.</summary>
internal static class TarUnpacking
{
    private const int BufferSize = 1 << 16;
    private const int MagicAt = 257;
    private const int Header = 512;

    /// <summary>Whether a file starts as tar archives or gzip files do.</summary>
    public static bool Is(ReadOnlySpan<byte> start) =>
        IdxReader.IsGzip(start) || (start.Length >= Header && start[MagicAt..].StartsWith("ustar"u8));

    /// <summary>Unpacks files into a folder.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="wanted">Which names are unpacked.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="DataUnavailableException">The archive is cut off, damaged or hostile.</exception>
    public static void Unpack(string path, string folder, Func<string, bool> wanted, CancellationToken cancellation)
    {
        using var file = new FileStream(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        Read(file, path, (name, content) =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (wanted(name))
            {
                var target = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                FileLimit.Guard(target, () =>
                {
                    using var written = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
                    content.CopyTo(written, BufferSize);
                });
            }
        });
    }

    /// <summary>Hands out the files in their order.</summary>
    /// <param name="file">The archive, which can seek.</param>
    /// <param name="path">Its name, for errors.</param>
    /// <param name="found">Takes a file's name and content.</param>
    /// <exception cref="DataUnavailableException">The archive is cut off, damaged or hostile.</exception>
    public static void Read(Stream file, string path, Action<string, Stream> found)
    {
        try
        {
            var start = new byte[2];
            var gzip = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && IdxReader.IsGzip(start);
            file.Position = 0;
            using var plain = gzip
                ? new LimitedStream(new GZipStream(file, CompressionMode.Decompress), (file.Length + 1) * Limits.Ratio, new TarWatch().Take)
                : new LimitedStream(file, file.Length, new TarWatch().Take);
            using var reader = new TarReader(plain);
            Entries(reader, path, found);
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new DataUnavailableException($"{path}: broken tar archive: {error.Message} Expected a whole .tar or .tar.gz file; get it again.", error);
        }
    }

    private static void Entries(TarReader reader, string path, Action<string, Stream> found)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            var name = EntryName.Checked(entry.Name, path);
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
            {
                throw new DataUnavailableException($"{path}: entry '{name}' is a {entry.EntryType}; expected files and folders alone.");
            }

            if (entry.Length > Limits.FileBytes || !names.Add(name) || names.Count > Limits.Files)
            {
                throw new DataUnavailableException(
                    $"{path}: entry '{name}' has {entry.Length} bytes or is there twice; expected at most {Limits.FileBytes} bytes, "
                    + $"{Limits.Files} files, and each once.");
            }

            found(name, entry.DataStream ?? Stream.Null);
        }
    }

    // What System.Formats.Tar and the streams below it throw when the bytes are not what they should be.
    private static bool IsDamage(Exception error) =>
        error is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException or NotSupportedException
            or InvalidOperationException;
}
