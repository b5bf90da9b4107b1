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

    /// <summary>Writes an indented JSON object that has at least one property, with its checksum.</summary>
    internal static void Write(Stream stream, ReadOnlySpan<byte> json)
    {
        var rest = json[..^End.Length];
        stream.Write(rest);
        stream.Write(Before);
        stream.Write(Of(rest));
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
        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>XxHash3 as 16 hexadecimal digits.</summary>
    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(Of(bytes));

    /// <summary>The same in ASCII.</summary>
    private static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        var digits = new byte[Digits];
        XxHash3.HashToUInt64(bytes).TryFormat(digits, out _, "x16", CultureInfo.InvariantCulture);
        return digits;
    }
}
