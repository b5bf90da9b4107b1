using System.Globalization;
using CsvHelper;

namespace Dfx.Harness.Reporting;

/// <summary>Rows of texts as CSV: invariant culture, lines end with a line feed.</summary>
internal static class CsvRows
{
    internal static void Write(CsvWriter writer, IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        foreach (var row in rows.Prepend(header))
        {
            foreach (var field in row)
            {
                writer.WriteField(field);
            }

            writer.NextRecord();
        }

        writer.Flush();
    }

    /// <summary>A value as text: numbers as short as they can be without loss, nothing for null.</summary>
    internal static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
