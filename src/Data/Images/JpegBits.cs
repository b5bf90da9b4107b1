using System.Buffers.Binary;

namespace Dfx.Data.Images;

/// <summary>The bits of a piece of a scan that no mark interrupts.</summary>
internal ref struct JpegBits
{
    private const byte Mark = 0xff;
    private const int Window = sizeof(uint);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _length;
    private long _at;

    /// <summary>Takes the zeros out that follow each byte that looks like a mark.</summary>
    /// <param name="piece">The bytes as the file has them.</param>
    /// <param name="memory">Where they are put; it grows when it must.</param>
    public JpegBits(ReadOnlySpan<byte> piece, ref byte[] memory)
    {
        if (memory.Length < piece.Length + Window)
        {
            memory = new byte[piece.Length + Window];
        }

        // Marks may be preceded by any number of their first byte.
        piece = piece.TrimEnd(Mark);
        var bytes = memory.AsSpan();
        var to = 0;
        while (piece.IndexOf(Mark) is >= 0 and var next)
        {
            piece[..(next + 1)].CopyTo(bytes[to..]);
            to += next + 1;
            piece = piece[(next + 1)..].TrimStart(Mark);
            piece = piece.IsEmpty ? piece : piece[1..];
        }

        piece.CopyTo(bytes[to..]);
        _length = to + piece.Length;
        bytes.Slice(_length, Window).Clear();
        _bytes = bytes[..(_length + Window)];
    }

    /// <summary>How many bits are left; below zero if more were read than there are.</summary>
    public readonly long Left => (8L * _length) - _at;

    /// <summary>Passes over bits.</summary>
    public void Skip(int count) => _at += count;

    /// <summary>Reads at most 16 bits as a number.</summary>
    public int Read(int count)
    {
        var bits = Peek() >> (JpegHuffman.MaxLength - count);
        _at += count;
        return bits;
    }

    /// <summary>Reads a code.</summary>
    /// <exception cref="InvalidDataException">No code begins with these bits, or there are none left.</exception>
    public int Symbol(JpegHuffman table)
    {
        var (length, symbol) = table.Decode(Peek());
        if (length == 0 || Left < 0)
        {
            throw JpegScan.Damaged();
        }

        _at += length;
        return symbol;
    }

    /// <summary>Reads a code whose symbol is how many zeros come first, and of how many bits the next coefficient is.</summary>
    /// <inheritdoc cref="Symbol" path="/exception"/>
    public (int Run, int Size) RunAndSize(JpegHuffman table)
    {
        var symbol = Symbol(table);
        return (symbol >> 4, symbol & 15);
    }

    // The next sixteen bits, zeros behind the end.
    private readonly int Peek()
    {
        var place = (int)Math.Min(_at >> 3, _length);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(_bytes[place..]) << (int)(_at & 7) >> JpegHuffman.MaxLength);
    }
}
