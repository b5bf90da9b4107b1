using System.Globalization;
using CsvHelper;

namespace Dfx.EndToEnd;

/// <summary>CSV files as tests look at them.</summary>
internal static class Csv
{
    /// <summary>The rows, each a dictionary of column and text.</summary>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.HeaderRecord!.ToDictionary(name => name, name => reader.GetField(name)!));
        }

        return rows;
    }

    /// <summary>Everything but the columns that tell of time and memory.</summary>
    internal static string WithoutTimes(string path) => string.Join('\n', Read(path).Select(row => string.Join(',', row
        .Where(cell => !cell.Key.StartsWith("time-", StringComparison.Ordinal) && !cell.Key.StartsWith("memory-", StringComparison.Ordinal))
        .Select(cell => $"{cell.Key}={cell.Value}"))));

    internal static double Number(this IReadOnlyDictionary<string, string> row, string column) =>
        double.Parse(row[column], CultureInfo.InvariantCulture);
}
