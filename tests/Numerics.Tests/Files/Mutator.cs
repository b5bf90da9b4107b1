using System.Globalization;
using System.Text;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Damages files the way disks, editors and attackers do; the same seed gives the same damage.</summary>
internal sealed class Mutator(int seed)
{
    // Enough for every header of the seeds.
    private const int HeaderSize = 600;

    private static readonly string[] Numbers =
    [
        "0", "1", "2", "3", "7", "8", "-1", "-0", "00", "1.0", "1e9", "255", "256", "65536", "2147483647", "2147483648", "4294967295",
        "4294967296", "4611686018427387904", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "18446744073709551616", "99999999999999999999999999", "", " ", "null", "True",
    ];

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", "(", ")", ",", ":", "'", "\"", "\\", "\0", "L", "<U2147483647", "<U536870911", "<U1", "|b1", ">f8", "True",
        "False", "dtype", "shape", "data_offsets", "descr", "F64", "BOOL", "BF16", "U8", "__metadata__", "\\ud800", "\u00ff", "PK\u0001\u0002",
    ];

    private static readonly byte[][] ZipSignatures = ["PK\u0001\u0002"u8.ToArray(), "PK\u0003\u0004"u8.ToArray(), "PK\u0005\u0006"u8.ToArray()];

    private static readonly ulong[] Extremes =
    [
        0, 1, 2, 8, 20, 45, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 0x100000000,
        100_000_000, 100_000_001, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFF8, 0xFFFFFFFFFFFFFFFF,
    ];

    private readonly Random _random = new(seed);

    public int Next(int limit) => _random.Next(limit);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>Any damage that makes sense for any file.</summary>
    public byte[] Damage(byte[] file, byte[] other) => _random.Next(6) switch
    {
        0 => FlipBits(file),
        1 => file[.._random.Next(file.Length)],
        2 => Splice(file, _random.Next(file.Length + 1), 0, RandomBytes(1 + _random.Next(16))),
        3 => Splice(file, _random.Next(file.Length), 1 + _random.Next(16), []),
        4 => SpliceHeader(file, other),
        _ => EditWord(file),
    };

    /// <summary>Replaces an extreme value over a little-endian field that begins at an offset.</summary>
    public byte[] EditField(byte[] file, int offset, int size)
    {
        var value = _random.Next(3) == 0 ? (ulong)_random.Next(2 * file.Length) : Pick(Extremes);
        byte[] copy = [.. file];
        for (var i = 0; i < size && offset + i < copy.Length; i++)
        {
            copy[offset + i] = (byte)(value >> (8 * i));
        }

        return copy;
    }

    /// <summary>Edits one field of one of the zip's own headers.</summary>
    public byte[] EditZip(byte[] file)
    {
        var signature = Pick(ZipSignatures);
        var start = file.AsSpan(_random.Next(file.Length)).IndexOf(signature);
        start = start < 0 ? file.AsSpan().IndexOf(signature) : start;
        return EditField(file, Math.Max(start, 0) + (2 * _random.Next(24)), Pick([1, 2, 4]));
    }

    /// <summary>Writes another number over one of those in the text that begins at an offset.</summary>
    public byte[] EditNumber(byte[] file, int from)
    {
        var header = file.AsSpan(0, Math.Min(file.Length, from + HeaderSize));
        var starts = new List<int>();
        for (var i = Math.Max(from, 1); i < header.Length; i++)
        {
            if (char.IsAsciiDigit((char)header[i]) && !char.IsAsciiDigit((char)header[i - 1]))
            {
                starts.Add(i);
            }
        }

        if (starts.Count == 0)
        {
            return FlipBits(file);
        }

        var start = Pick(starts);
        var length = header[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var number = _random.Next(2) == 0 ? Pick(Numbers) : _random.Next(200).ToString(CultureInfo.InvariantCulture);
        return Splice(file, start, length < 0 ? 1 : length, Encoding.ASCII.GetBytes(number));
    }

    public static byte[] Splice(byte[] file, int at, int remove, byte[] insert) =>
        [.. file.AsSpan(0, at), .. insert, .. file.AsSpan(Math.Min(at + remove, file.Length))];

    private byte[] EditWord(byte[] file) =>
        Splice(file, _random.Next(Math.Min(file.Length, HeaderSize)), _random.Next(6), Encoding.UTF8.GetBytes(Pick(Words)));

    private byte[] FlipBits(byte[] file)
    {
        byte[] copy = [.. file];
        for (var flips = 1 + _random.Next(4); flips > 0; flips--)
        {
            copy[_random.Next(2) == 0 ? _random.Next(copy.Length) : _random.Next(Math.Min(copy.Length, HeaderSize))] ^= (byte)(1 << _random.Next(8));
        }

        return copy;
    }

    private byte[] SpliceHeader(byte[] file, byte[] other)
    {
        var length = 1 + _random.Next(Math.Min(other.Length, 100));
        var from = _random.Next(Math.Min(other.Length, HeaderSize) - Math.Min(length, HeaderSize) + 1);
        var to = _random.Next(Math.Min(file.Length, HeaderSize));
        return Splice(file, to, _random.Next(length + 1), other[from..Math.Min(from + length, other.Length)]);
    }

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
