using System.Globalization;
using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting;

/// <summary>A CSV file: all of it or nothing, UTF-8, line feeds, invariant culture.</summary>
internal static class CsvFile
{
    private const int Part = 16;
    private const int Batch = 256 * Part;

    internal static void Write(string path, IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows) =>
        AtomicFile.Write(path, stream => stream.Write(Lines(rows.Prepend(header)).Bytes));

    /// <summary>Writes many rows, on all cores: a batch is in memory at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="items">What the rows are made of.</param>
    /// <param name="write">Writes the rows of an item.</param>
    internal static void Write<T>(string path, IEnumerable<string> header, IEnumerable<T> items, Action<CsvLines, T> write) => AtomicFile.Write(path, stream =>
    {
        stream.Write(Lines([header]).Bytes);
        foreach (var lines in items.Chunk(Batch).SelectMany(batch => batch.Chunk(Part).AsParallel().AsOrdered().Select(part => Lines(part, write))))
        {
            stream.Write(lines.Bytes);
        }
    });

    /// <summary>The text of such a file.</summary>
    internal static string Render(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows) => Encoding.UTF8.GetString(Lines(rows.Prepend(header)).Bytes);

    private static CsvLines Lines(IEnumerable<IEnumerable<string>> rows) => Lines(rows, (lines, row) => lines.Add(row).End());

    private static CsvLines Lines<T>(IEnumerable<T> items, Action<CsvLines, T> write)
    {
        var lines = new CsvLines();
        foreach (var item in items)
        {
            write(lines, item);
        }

        return lines;
    }

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
