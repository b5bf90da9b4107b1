using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Dfx.Harness.Reporting;

/// <summary>Reads CSV files: rows of text, the header first.</summary>
internal static class CsvTable
{
    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = null };

    /// <summary>The rows; none if the file is not there or cannot be read.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Read(string path)
    {
        try
        {
            using var text = File.OpenText(path);
            using var parser = new CsvParser(text, s_configuration);
            List<IReadOnlyList<string>> rows = [];
            while (parser.Read())
            {
                rows.Add(parser.Record!);
            }

            return rows;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            return [];
        }
    }
}
