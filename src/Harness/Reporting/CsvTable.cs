using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting;

/// <summary>A CSV file as it was read: UTF-8 text, the header first.</summary>
/// <param name="Header">The names of the columns; none if there is no header.</param>
/// <param name="Rows">The rows that have as many fields as the header.</param>
/// <param name="Problem">What is wrong with the file, or with the first of its rows that were left out; null if nothing is.</param>
internal sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, string? Problem)
{
    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture) { HasHeaderRecord = false };

    /// <summary>Reads a file. One that is not there, or is no table, has no rows and a problem.</summary>
    /// <param name="path">The file.</param>
    /// <param name="checksum">The <see cref="Checksum"/> of its bytes, if that is known.</param>
    internal static CsvTable Read(string path, string? checksum = null)
    {
        try
        {
            var bytes = File.ReadAllBytes(RegularFile.Checked(path));
            return checksum is not null && checksum != Checksum.Text(bytes)
                ? Unusable("its bytes are not those that were written")
                : Parse(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable(e.Message);
        }
    }

    private static CsvTable Unusable(string problem) => new([], [], problem);

    private static CsvTable Parse(byte[] bytes)
    {
        string? problem = null;
        var configuration = s_configuration with { BadDataFound = bad => problem ??= $"line {bad.Context.Parser!.RawRow} has a quote that does not end, or in the middle of a field" };
        using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        using var parser = new CsvParser(text, configuration);
        List<IReadOnlyList<string>> rows = [];
        try
        {
            while (parser.Read())
            {
                var row = parser.Record!;
                if (rows.Count == 0 || row.Length == rows[0].Count)
                {
                    rows.Add(row);
                }
                else
                {
                    problem ??= string.Create(CultureInfo.InvariantCulture, $"line {parser.RawRow} has {row.Length} fields, the header has {rows[0].Count}");
                }
            }
        }
        catch (CsvHelperException e)
        {
            problem ??= e.Message.ReplaceLineEndings(" ");
        }

        return rows.Count > 0 ? new(rows[0], rows[1..], problem) : Unusable(problem ?? "it is empty");
    }
}
