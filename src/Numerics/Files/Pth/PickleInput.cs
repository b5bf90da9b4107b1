using System.Buffers.Binary;
using System.Text;

namespace Dfx.Numerics.Files.Pth;

/// <summary>The bytes of one pickle and the plain values in them, each checked against what the file has left.</summary>
internal sealed class PickleInput(ByteSource source)
{
    // Names and shapes of a hundred thousand tensors.
    private const long MaxLength = 16 << 20;
    private const int MaxName = 200;

    private static readonly UTF8Encoding s_text = new(false, throwOnInvalidBytes: true);

    private readonly long _start = source.Position;

    /// <summary>The next opcode.</summary>
    /// <exception cref="TensorFileException">The pickle is longer than 16 MiB, or is cut short.</exception>
    public char Opcode() => source.Position - _start < MaxLength
        ? (char)Byte()
        : throw Error($"longer than {MaxLength} bytes; expected the names and shapes of tensors");

    /// <summary>The next byte.</summary>
    public byte Byte()
    {
        Span<byte> one = stackalloc byte[1];
        source.ReadExactly(one);
        return one[0];
    }

    /// <summary>The next bytes, if the file has as many.</summary>
    public byte[] Bytes(long count)
    {
        if (count > source.Remaining)
        {
            throw Error($"a value of {count} bytes, of which the file has {source.Remaining}");
        }

        var bytes = new byte[count];
        source.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A length or an index: four bytes, unsigned.</summary>
    public long Length() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>An integer in two's complement, little-endian, of as few bytes as would do.</summary>
    public long Long(byte count)
    {
        if (count > sizeof(long))
        {
            throw Error($"an integer of {count} bytes; expected at most {sizeof(long)}");
        }

        var bytes = Bytes(count);
        var value = count > 0 && bytes[^1] >= 0x80 ? -1L : 0;
        for (var i = count - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }

    /// <summary>A text of that many bytes of UTF-8.</summary>
    public string Text(long length)
    {
        if (length > MaxLength)
        {
            throw Error($"a text of {length} bytes; expected at most {MaxLength}");
        }

        return Decode(Bytes(length));
    }

    /// <summary>A name up to the end of the line.</summary>
    public string Line()
    {
        Span<byte> line = stackalloc byte[MaxName];
        for (var length = 0; length < MaxName; length++)
        {
            line[length] = Byte();
            if (line[length] == '\n')
            {
                return Decode(line[..length]);
            }
        }

        throw Error($"a name of more than {MaxName} bytes");
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_text.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Error("a text that is no UTF-8", e);
        }
    }

    public TensorFileException Error(string problem, Exception? inner = null) =>
        source.Error($"the pickle at byte {_start}, read up to byte {source.Position}: {problem}", inner);
}
