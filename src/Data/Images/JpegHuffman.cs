namespace Dfx.Data.Images;

/// <summary>A table of Huffman codes: what the next bits of a scan stand for.</summary>
/// <remarks>Source: ITU-T T.81, annexes C and F.2.2.3.</remarks>
internal sealed class JpegHuffman
{
    /// <summary>Bits of the longest code.</summary>
    public const int MaxLength = 16;

    // Longer codes are rare.
    private const int FastLength = 9;

    private readonly (byte Length, byte Symbol)[] _fast = new (byte, byte)[1 << FastLength];
    private readonly byte[] _symbols;

    // For each length: the first code that is too large for it, in as many bits; and what to add to a code for the place of its symbol.
    private readonly int[] _limit = new int[MaxLength + 1];
    private readonly int[] _offset = new int[MaxLength + 1];

    private JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        for (int length = 1, code = 0, place = 0; length <= MaxLength; length++, code <<= 1)
        {
            _offset[length] = place - code;
            for (var last = place + counts[length - 1]; place < last; place++, code++)
            {
                Remember(length, code, _symbols[place]);
            }

            _limit[length] = code;
        }
    }

    /// <summary>A table without codes, where a scan needs none.</summary>
    public static JpegHuffman Empty { get; } = new(new byte[MaxLength], []);

    /// <summary>Reads a table.</summary>
    /// <param name="data">How many codes there are of each of the sixteen lengths, then their symbols.</param>
    /// <param name="length">How long it is.</param>
    /// <returns>The table, or null if the data are too short or there are more codes than a length has.</returns>
    public static JpegHuffman? Read(ReadOnlySpan<byte> data, out int length)
    {
        length = MaxLength;
        for (int i = 0, code = 0; i < MaxLength && data.Length >= length; i++, code <<= 1)
        {
            code += data[i];
            length = code > 2 << i ? int.MaxValue : length + data[i];
        }

        return data.Length < length ? null : new(data, data[MaxLength..length]);
    }

    /// <summary>What the first of some bits stand for.</summary>
    /// <param name="bits">Sixteen of them.</param>
    /// <returns>Length 0 if no code begins so.</returns>
    public (byte Length, byte Symbol) Decode(int bits)
    {
        var known = _fast[bits >> (MaxLength - FastLength)];
        return known.Length > 0 ? known : Slow(bits);
    }

    private (byte Length, byte Symbol) Slow(int bits)
    {
        for (var length = FastLength + 1; length <= MaxLength; length++)
        {
            var code = bits >> (MaxLength - length);
            if (code < _limit[length])
            {
                return ((byte)length, _symbols[code + _offset[length]]);
            }
        }

        return default;
    }

    private void Remember(int length, int code, byte symbol)
    {
        if (length <= FastLength)
        {
            var spare = FastLength - length;
            _fast.AsSpan(code << spare, 1 << spare).Fill(((byte)length, symbol));
        }
    }
}
