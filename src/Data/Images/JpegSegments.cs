using System.Buffers.Binary;

namespace Dfx.Data.Images;

/// <summary>
/// The segments of a JPEG file, checked from the first to the last: Skia decodes what it finds, says nothing of damage, and calls a
/// progressive image without its last scans a success.
/// </summary>
/// <param name="length">Of the file.</param>
/// <remarks>Source: ITU-T T.81, annex B.</remarks>
internal sealed class JpegSegments(int length)
{
    /// <summary>The second byte of the first of eight marks within scans.</summary>
    public const int FirstRestart = 0xd0;

    /// <summary>Each 8x8 block takes a bit at the least.</summary>
    public const long MaxPixelsPerByte = 512;

    private const byte Mark = 0xff;
    private const int LastRestart = 0xd7;

    // More than that only an attacker writes, to keep a decoder busy.
    private const int MaxScans = 500;

    private readonly JpegHuffman?[] _tables = new JpegHuffman?[8];
    private JpegFrame? _frame;
    private int _restart;
    private int _scans;
    private byte[] _memory = [];

    /// <summary>Checks a file.</summary>
    /// <exception cref="InvalidDataException">It is cut off or damaged, or has four channels (CMYK).</exception>
    public static void Check(ReadOnlySpan<byte> jpeg) => new JpegSegments(jpeg.Length).Walk(jpeg);

    /// <summary>Where the next mark is that begins or ends something; the length of the bytes if there is none.</summary>
    public static int NextMark(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf(Mark) is >= 0 and var next && at + next + 1 < bytes.Length;)
        {
            at += next;
            if (bytes[at + 1] is not (0 or Mark))
            {
                return at;
            }

            at += bytes[at + 1] == Mark ? 1 : 2;
        }

        return bytes.Length;
    }

    private void Walk(ReadOnlySpan<byte> jpeg)
    {
        for (var rest = jpeg[2..]; rest.Length >= 2;)
        {
            var marker = rest[1];
            if (rest[0] != Mark || marker is 0 or 0xd8)
            {
                throw new InvalidDataException($"a JPEG image that is damaged at byte {jpeg.Length - rest.Length}");
            }

            if (marker == 0xd9)
            {
                return;
            }

            rest = marker == Mark ? rest[1..] : IsAlone(marker) ? rest[2..] : Segment(marker, rest[2..]);
        }

        throw CutOff();
    }

    /// <summary>Checks a segment that begins with its length, and with a scan its pixels.</summary>
    /// <returns>What follows.</returns>
    private ReadOnlySpan<byte> Segment(byte marker, ReadOnlySpan<byte> rest)
    {
        var size = rest.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (size < 2 || size > rest.Length)
        {
            throw CutOff();
        }

        var data = rest[2..size];
        rest = rest[size..];
        switch (marker)
        {
            case 0xc4:
                Tables(data);
                break;
            case 0xdd when data.Length >= 2:
                _restart = BinaryPrimitives.ReadUInt16BigEndian(data);
                break;
            case 0xda:
                return rest[Scan(data, rest)..];
            case >= 0xc0 and <= 0xcf and not (0xc8 or 0xcc):
                _frame = JpegFrame.Read(marker, data);
                SkiaPixels.CheckSize(_frame.Width, _frame.Height, length, MaxPixelsPerByte);
                break;
        }

        return rest;
    }

    private void Tables(ReadOnlySpan<byte> data)
    {
        while (data.Length > 1)
        {
            var (isAlternating, number) = ((data[0] & 0x10) != 0, data[0] & 3);
            _tables[isAlternating ? number + 4 : number] = JpegHuffman.Read(data[1..], out var used);
            data = data.Length > used ? data[(1 + used)..] : [];
        }
    }

    private int Scan(ReadOnlySpan<byte> data, ReadOnlySpan<byte> rest)
    {
        var end = NextMark(rest);
        while (end < rest.Length && rest[end + 1] is >= FirstRestart and <= LastRestart)
        {
            end += 2 + NextMark(rest[(end + 2)..]);
        }

        if (end == rest.Length)
        {
            throw CutOff();
        }

        if (++_scans > MaxScans)
        {
            throw new InvalidDataException($"a JPEG image of more than {MaxScans} scans");
        }

        _frame?.Scan(data, _tables)?.Check(rest[..end], _restart, ref _memory);
        return end;
    }

    private static bool IsAlone(byte marker) => marker is 0x01 or (>= FirstRestart and <= LastRestart);

    private static InvalidDataException CutOff() => new("a JPEG image without its end: the file is cut off or damaged");
}
