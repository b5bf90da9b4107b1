using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>The tables of the analyses of a run.</summary>
internal static class AnalysisTables
{
    private const string Kind = "analyse";
    private const string FileName = "table.csv";

    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = null };

    /// <summary>Those that have a result, by identity.</summary>
    internal static IReadOnlyList<CurveTable> Read(ResultsFolder folder, Manifest manifest) =>
    [.. manifest.Jobs
        .Where(job => job.Kind == Kind)
        .OrderBy(job => job.Identity, StringComparer.Ordinal)
        .Where(job => RecordFiles.Read(folder, job.Key) is { Status: Status.Ok })
        .Select(job => Table(job.Identity, Path.Combine(folder.ArtifactsOf(job.Key), FileName)))
        .OfType<CurveTable>()];

    private static CurveTable? Table(string title, string path)
    {
        try
        {
            using var text = File.OpenText(path);
            using var parser = new CsvParser(text, s_configuration);
            List<string[]> rows = [];
            while (parser.Read())
            {
                rows.Add(parser.Record!);
            }

            return rows.Count > 1 && rows.TrueForAll(row => row.Length == rows[0].Length) ? new(title, rows[0], rows[1..]) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            return null;
        }
    }
}
