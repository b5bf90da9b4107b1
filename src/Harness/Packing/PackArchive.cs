using System.Formats.Tar;
using System.IO.Compression;

namespace Dfx.Harness.Packing;

/// <summary>Writes a pack as .tar.gz, which every machine can unpack: the same bytes from the same files, whoever owns them and since when.</summary>
internal static class PackArchive
{
    /// <summary>The folder that unpacking makes.</summary>
    internal const string Folder = "dfx";

    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Some programs warn of times that lie before 1980.
    private static readonly DateTimeOffset s_time = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="entries">The files, in any order.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="progress">Told of the bytes that have been read.</param>
    /// <param name="cancellation">Asks to stop.</param>
    internal static void Write(IEnumerable<PackEntry> entries, Stream output, Action<long> progress, CancellationToken cancellation)
    {
        using var zip = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true);
        using var tar = new TarWriter(zip, TarEntryFormat.Gnu);
        foreach (var entry in entries.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            using var content = new Watched(entry.Open(), progress, cancellation);
            // Not Pax, whose headers .NET names after its process.
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, $"{Folder}/{entry.Name}")
            {
                DataStream = content,
                Mode = entry.Executable ? Program : Plain,
                ModificationTime = s_time,
                AccessTime = s_time,
                ChangeTime = s_time,
            });
        }
    }

    /// <summary>A stream that tells how much of it was read.</summary>
    private sealed class Watched(Stream inner, Action<long> progress, CancellationToken cancellation) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = inner.Read(buffer);
            progress(read);
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
