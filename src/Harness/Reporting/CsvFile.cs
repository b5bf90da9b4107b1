using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting;

/// <summary>A CSV file: all of it or nothing, UTF-8, line feeds, invariant culture.</summary>
internal static class CsvFile
{
    private const int Part = 16;
    private const int Batch = 256 * Part;

    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        // With line feeds as line ends, a carriage return inside a text would be left bare, and readers take it for the end of a line.
        ShouldQuote = field => ConfigurationFunctions.ShouldQuote(field) || field.Field?.Contains('\r', StringComparison.Ordinal) == true,
    };

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
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = new CsvWriter(text, s_configuration, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                foreach (var field in row)
                {
                    writer.WriteField(field);
                }

                writer.NextRecord();
            }
        }

        return text.ToString();
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
