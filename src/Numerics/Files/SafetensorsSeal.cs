using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Dfx.Numerics.Files;

/// <summary>
/// A checksum in the string map of a safetensors file, XxHash3 of all its bytes with zeros where it stands: so a bit that a disk or a copy changed is found,
/// in the header too. The file stays one that any program reads.
/// </summary>
internal static class SafetensorsSeal
{
    /// <summary>The key of the checksum.</summary>
    public const string Key = "xxh3";

    /// <summary>What stands there while the file is written.</summary>
    public const string Placeholder = "0000000000000000";

    private const int Piece = 1 << 20;

    /// <summary>Writes a header with a placeholder and what follows it, and puts the checksum in its place.</summary>
    public static void Write(FileStream stream, byte[] header, Action<Stream> body)
    {
        var hash = new XxHash3();
        hash.Append(header);
        stream.Write(header);
        body(new Hashed(stream, hash));
        stream.Position = Find(header, Placeholder);
        stream.Write(Encoding.ASCII.GetBytes(Text(hash)));
    }

    /// <summary>The checksum that a file carries; null if it has none. The file is not compared with it.</summary>
    /// <exception cref="TensorFileException">It begins with no header of such a file.</exception>
    /// <exception cref="IOException">It is missing or unreadable.</exception>
    public static string? Of(string path)
    {
        using var file = File.OpenHandle(RegularFile.Checked(path));
        var header = Header(file, path);
        return Find(header, null) is >= 0 and var at ? Encoding.ASCII.GetString(header, at, Placeholder.Length) : null;
    }

    /// <summary>Reads a whole file and compares. A file without a checksum passes.</summary>
    /// <exception cref="TensorFileException">A bit of it has changed.</exception>
    /// <exception cref="IOException">It is missing or unreadable.</exception>
    public static void Verify(string path)
    {
        using var file = File.OpenHandle(RegularFile.Checked(path), options: FileOptions.SequentialScan);
        var header = Header(file, path);
        if (Find(header, null) is not (>= 0 and var at))
        {
            return;
        }

        var written = Encoding.ASCII.GetString(header, at, Placeholder.Length);
        Encoding.ASCII.GetBytes(Placeholder).CopyTo(header, at);
        var hash = new XxHash3();
        hash.Append(header);
        var (buffer, offset) = (new byte[Piece], (long)header.Length);
        while (RandomAccess.Read(file, buffer, offset) is > 0 and var read)
        {
            hash.Append(buffer.AsSpan(0, read));
            offset += read;
        }

        if (Text(hash) != written)
        {
            throw new FilePlace(path).Error($"its checksum is {Text(hash)}; it was written with {written}: it is damaged");
        }
    }

    /// <summary>The header with the length before it.</summary>
    private static byte[] Header(SafeFileHandle file, string path)
    {
        Span<byte> field = stackalloc byte[SafetensorsHeader.LengthSize];
        var length = RandomAccess.Read(file, field, 0) == field.Length ? BinaryPrimitives.ReadInt64LittleEndian(field) : -1;
        if (length is < 0 or > SafetensorsHeader.MaxLength)
        {
            throw new FilePlace(path).Error("begins with no header of a safetensors file: it is damaged");
        }

        var header = new byte[SafetensorsHeader.LengthSize + length];
        return RandomAccess.Read(file, header, 0) == header.Length ? header : throw new FilePlace(path).Error("is shorter than its header says: it is cut short or damaged");
    }

    private static string Text(XxHash3 hash) => hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);

    // It stands in the string map, which the writer puts first, so no tensor's name comes before it.
    private static int Find(byte[] header, string? digits)
    {
        var at = header.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\"{Key}\":\"{digits}"));
        var start = at + Key.Length + 4;
        return at >= 0 && start + Placeholder.Length < header.Length ? start : -1;
    }

    /// <summary>A stream that everything written to goes through into the hash.</summary>
    private sealed class Hashed(Stream inner, XxHash3 hash) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException("What was hashed stands."); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.Append(buffer);
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is for writing.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("What was hashed stands.");

        public override void SetLength(long value) => throw new NotSupportedException("What was hashed stands.");
    }
}
