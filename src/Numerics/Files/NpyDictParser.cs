using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Dfx.Numerics.Files;

/// <summary>Parses the dict of an npy header: the three known keys once each, in any order, in the few forms of Python that numpy
/// writes.</summary>
internal ref struct NpyDictParser(ReadOnlySpan<byte> text, ByteSource source)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly long _start = source.Position - text.Length;
    private int _position;

    /// <summary>Reads the dict, which only white space may follow.</summary>
    /// <exception cref="TensorFileException">It is malformed, or has an element type or shape that is not supported.</exception>
    public NpyHeader Parse()
    {
        (string? descr, bool? fortranOrder, ImmutableArray<long>? shape) = (null, null, null);
        Expect('{');
        while (!TryTake('}'))
        {
            var key = ParseString("a key in quotes");
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null: descr = ParseString("a plain descr in quotes (record types are not supported)"); break;
                case "fortran_order" when fortranOrder is null: fortranOrder = ParseBool(); break;
                case "shape" when shape is null: shape = ParseTuple(); break;
                default: throw Error($"key {FilePlace.Quote(key)} is unknown or given twice; expected descr, fortran_order, shape");
            }

            EndItem('}');
        }

        SkipSpaces();
        return _position < _text.Length
            ? throw Error("expected the dict to end the header")
            : descr is null || fortranOrder is null || shape is null
            ? throw Error("expected descr, fortran_order and shape; one is missing")
            : new(Layout(descr, shape.Value), fortranOrder.Value);
    }

    private readonly ArrayLayout Layout(string descr, ImmutableArray<long> shape)
    {
        var (type, textLength) = ElementTypeOf(descr);
        return ArrayLayout.Problem(type, shape.AsSpan(), textLength) is { } problem ? throw Error(problem) : new(type, shape, textLength);
    }

    private readonly (ElementType Type, int TextLength) ElementTypeOf(string descr)
    {
        if (descr.StartsWith("<U", StringComparison.Ordinal)
            && int.TryParse(descr.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return (ElementType.Text, length);
        }

        return ElementFormat.OfNumpy(descr) is { } format
            ? (format.Type, 0)
            : throw Error(
                descr.StartsWith('>')
                    ? $"descr {FilePlace.Quote(descr)} is big-endian; save array.astype(array.dtype.newbyteorder('<')) instead"
                    : $"descr {FilePlace.Quote(descr)} is not supported; expected one of {ElementFormat.NumpyNames}");
    }

    private string ParseString(string expected)
    {
        SkipSpaces();
        var quote = _position < _text.Length ? _text[_position] : (byte)0;
        var rest = _text[Math.Min(_position + 1, _text.Length)..];
        var length = quote is (byte)'\'' or (byte)'"' ? rest.IndexOf(quote) : -1;
        if (length < 0 || rest[..length].IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0 || rest[..length].Contains((byte)'\\'))
        {
            throw Error($"expected {expected}");
        }

        _position += length + 2;
        return Encoding.ASCII.GetString(rest[..length]);
    }

    private bool ParseBool() => TryTake("True"u8) || (TryTake("False"u8) ? false : throw Error("expected True or False"));

    private ImmutableArray<long> ParseTuple()
    {
        var extents = ImmutableArray.CreateBuilder<long>(4);
        Expect('(');
        while (!TryTake(')'))
        {
            if (extents.Count == ArrayLayout.MaxRank)
            {
                throw Error($"the shape has more than {ArrayLayout.MaxRank} dimensions");
            }

            extents.Add(ParseInteger());
            EndItem(')');
            // In Python (3) is a number; only (3,) is a tuple.
            if (extents.Count == 1 && _text[_position - 1] != (byte)',')
            {
                throw Error("expected ',' after the only extent of a tuple");
            }
        }

        return extents.DrainToImmutable();
    }

    private long ParseInteger()
    {
        SkipSpaces();
        var rest = _text[_position..];
        var length = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (!long.TryParse(rest[..Math.Max(length, 0)], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw Error($"expected an integer from 0 to {long.MaxValue}");
        }

        _position += length;
        TryTake("L"u8); // Python 2 marks long integers so
        return value;
    }

    // An item ends with a comma, or the closing bracket follows, which stays.
    private void EndItem(char close)
    {
        if (!TryTake(',') && (_position == _text.Length || _text[_position] != close))
        {
            throw Error($"expected ',' or '{close}'");
        }
    }

    private void Expect(char c)
    {
        if (!TryTake(c))
        {
            throw Error($"expected '{c}'");
        }
    }

    private bool TryTake(char c) => TryTake([(byte)c]);

    private bool TryTake(scoped ReadOnlySpan<byte> word)
    {
        SkipSpaces();
        var found = _text[_position..].StartsWith(word);
        _position += found ? word.Length : 0;
        return found;
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\n')
        {
            _position++;
        }
    }

    private readonly TensorFileException Error(string problem) =>
        source.Error($"{problem} (npy header, at offset {_start + _position}, before {FilePlace.Quote(Following())})");

    private readonly string Following() => Encoding.Latin1.GetString(_text[_position..Math.Min(_position + 16, _text.Length)]);
}
