using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting;

/// <summary>A CSV file: all of it or nothing, UTF-8, line feeds, invariant culture.</summary>
internal static class CsvFile
{
    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        // With line feeds as line ends, a carriage return inside a text would be left bare, and readers take it for the end of a line.
        ShouldQuote = field => ConfigurationFunctions.ShouldQuote(field) || field.Field?.Contains('\r', StringComparison.Ordinal) == true,
    };

    internal static void Write(string path, IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        Write(text, header, rows);
    });

    /// <summary>The text of such a file.</summary>
    internal static string Render(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(text, header, rows);
        return text.ToString();
    }

    private static void Write(TextWriter text, IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var writer = new CsvWriter(text, s_configuration, leaveOpen: true);
        foreach (var row in rows.Prepend(header))
        {
            foreach (var field in row)
            {
                writer.WriteField(field);
            }

            writer.NextRecord();
        }
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
