using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dfx.Harness.Reporting;

/// <summary>Lines of a CSV file as they are written: UTF-8, with fields in quotes where readers need them.</summary>
internal sealed class CsvLines
{
    private const int Start = 1 << 12;
    private const int LongestNumber = 32;

    /// <summary>With line feeds as line ends, a carriage return before one inside a text would be left bare, and readers take it for the end of a line.</summary>
    private static readonly SearchValues<char> s_special = SearchValues.Create("\",\r\n");

    private readonly ArrayBufferWriter<byte> _bytes = new(Start);

    private bool _within;

    internal ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>A field, in quotes where readers need them (RFC 4180, and for spaces at an end, which some readers take away), with control characters shown.</summary>
    internal CsvLines Add(string field)
    {
        Separate();
        field = VisibleText.Of(field);
        var isPlain = field.Length == 0 || !(field[0] == ' ' || field[^1] == ' ' || field.AsSpan().ContainsAny(s_special));
        Encoding.UTF8.GetBytes(isPlain ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", _bytes);
        return this;
    }

    internal CsvLines Add(IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            Add(field);
        }

        return this;
    }

    /// <summary>A number as <see cref="CsvFile.Text"/> has it.</summary>
    internal CsvLines Add(double? number)
    {
        Separate();
        if (number is { } value)
        {
            value.TryFormat(_bytes.GetSpan(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
            _bytes.Advance(written);
        }

        return this;
    }

    /// <summary>Fields that stand in several lines: written once, and copied afterwards.</summary>
    /// <param name="fields">The fields; at least one.</param>
    /// <param name="written">Where they are; null before the first time.</param>
    internal CsvLines Add(IEnumerable<string> fields, ref Range? written)
    {
        if (written is not { } range)
        {
            var start = _bytes.WrittenCount + (_within ? 1 : 0);
            Add(fields);
            written = start.._bytes.WrittenCount;
            return this;
        }

        Separate();
        var target = _bytes.GetSpan(range.End.Value - range.Start.Value);
        Bytes[range].CopyTo(target);
        _bytes.Advance(range.End.Value - range.Start.Value);
        return this;
    }

    /// <summary>Ends the line.</summary>
    internal void End()
    {
        _bytes.Write("\n"u8);
        _within = false;
    }

    private void Separate()
    {
        if (_within)
        {
            _bytes.Write(","u8);
        }

        _within = true;
    }
}
