using System.Buffers;
using System.Globalization;
using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting;

/// <summary>A CSV file: all of it or nothing, UTF-8, line feeds, invariant culture.</summary>
internal static class CsvFile
{
    private const int Part = 16;
    private const int Batch = 256 * Part;

    /// <summary>With line feeds as line ends, a carriage return inside a text would be left bare, and readers take it for the end of a line.</summary>
    private static readonly SearchValues<char> s_special = SearchValues.Create("\",\r\n");

    internal static void Write(string path, IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        text.Write(Render(header, rows));
    });

    /// <summary>Writes many rows, on all cores: a batch is in memory at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="items">What the rows are made of.</param>
    /// <param name="rows">The rows of an item.</param>
    internal static void Write<T>(string path, IEnumerable<string> header, IEnumerable<T> items, Func<T, IEnumerable<IEnumerable<string>>> rows) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        text.Write(Render(header, []));
        foreach (var part in items.Chunk(Batch).SelectMany(batch => batch.Chunk(Part).AsParallel().AsOrdered().Select(part => Text(part.SelectMany(rows)))))
        {
            text.Write(part);
        }
    });

    /// <summary>The text of such a file.</summary>
    internal static string Render(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows) => Text(rows.Prepend(header));

    private static string Text(IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var start = text.Length;
            foreach (var field in row)
            {
                Add(text, field).Append(',');
            }

            text.Length = Math.Max(start, text.Length - 1);
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A field, in quotes where readers need them (RFC 4180, and for spaces at an end, which some readers take away).</summary>
    private static StringBuilder Add(StringBuilder text, string field) =>
        field.Length > 0 && (field[0] == ' ' || field[^1] == ' ' || field.AsSpan().ContainsAny(s_special))
            ? text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"')
            : text.Append(field);

    /// <summary>A value as text: numbers as short as they can be without loss, nothing for null.</summary>
    internal static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A measured time or other number of which a few digits are enough.</summary>
    internal static string Short(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? "";
}
