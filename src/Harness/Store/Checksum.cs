using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>
/// The last property of a JSON file, <c>checksum</c>: XxHash3 of all bytes before it, so that a bit that a disk or a copy changed is no result. Files of
/// earlier hosts have none.
/// </summary>
internal static class Checksum
{
    private const int Digits = 16;

    private static ReadOnlySpan<byte> End => "\n}"u8;

    private static ReadOnlySpan<byte> Name => ",\n  \"checksum\":"u8;

    private static ReadOnlySpan<byte> Before => ",\n  \"checksum\": \""u8;

    private static ReadOnlySpan<byte> After => "\"\n}"u8;

    /// <summary>Writes an indented JSON object that has at least one property, however large, piece by piece, with its checksum.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="json">Writes the object.</param>
    internal static void Write(Stream stream, Action<Stream> json)
    {
        using var body = new ObjectBody(stream);
        json(body);
        stream.Write(Before);
        stream.Write(Digest(body.Hash));
        stream.Write(After);
    }

    /// <summary>
    /// False if a file has a checksum, whole or what is left of one, and is not the one that was written. What editors put behind the last brace does not count.
    /// </summary>
    internal static bool Holds(ReadOnlySpan<byte> json)
    {
        var text = json.TrimEnd(" \t\r\n"u8);
        var start = text.LastIndexOf(Name);
        return start < 0 || (text.Length == start + Before.Length + Digits + After.Length && text[start..].StartsWith(Before) && text.EndsWith(After)
            && text.Slice(start + Before.Length, Digits).SequenceEqual(Of(text[..start])));
    }

    /// <summary>XxHash3 of a whole file, read piece by piece, as 16 hexadecimal digits.</summary>
    /// <exception cref="IOException">It is missing or unreadable.</exception>
    internal static string OfFile(string path)
    {
        using var stream = File.OpenRead(RegularFile.Checked(path));
        var hash = new XxHash3();
        hash.Append(stream);
        return Encoding.ASCII.GetString(Digest(hash.GetCurrentHashAsUInt64()));
    }

    /// <summary>XxHash3 as 16 hexadecimal digits.</summary>
    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(Of(bytes));

    /// <summary>The same in ASCII.</summary>
    private static byte[] Of(ReadOnlySpan<byte> bytes) => Digest(XxHash3.HashToUInt64(bytes));

    private static byte[] Digest(ulong hash)
    {
        var digits = new byte[Digits];
        hash.TryFormat(digits, out _, "x16", CultureInfo.InvariantCulture);
        return digits;
    }

    /// <summary>Passes an object on without its end, and hashes what it passes on.</summary>
    private sealed class ObjectBody(Stream inner) : Stream
    {
        private readonly XxHash3 _hash = new();
        private byte[] _held = [];

        internal ulong Hash => _hash.GetCurrentHashAsUInt64();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        // The last bytes may be the end of the object, or not: they wait for what follows.
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            byte[] all = [.. _held, .. buffer];
            var passed = Math.Max(0, all.Length - End.Length);
            _hash.Append(all.AsSpan(0, passed));
            inner.Write(all.AsSpan(0, passed));
            _held = all[passed..];
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            // The file is flushed as a whole.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
