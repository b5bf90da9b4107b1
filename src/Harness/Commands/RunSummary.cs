using Dfx.Harness.Reporting;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary>What a run says at its end.</summary>
internal static class RunSummary
{
    /// <summary>Writes the summary; 1 if a cell or an analysis failed.</summary>
    internal static int Write(TextWriter output, Results results, ResultsFolder folder)
    {
        var counts = results.Cells.CountBy(cell => cell.Status).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Value} {s.Key}");
        var failures = results.Cells.Where(cell => cell.Status is not ("ok" or "not-applicable")).ToList();
        output.WriteLine($"{results.Cells.Count} cells: {string.Join(", ", counts)}");
        foreach (var group in failures.GroupBy(cell => (cell.Status, cell.Message)))
        {
            output.WriteLine($"  {group.Count()} {group.Key.Status}: {group.Key.Message}");
        }

        var analyses = results.Analyses.Where(analysis => analysis.Status is not ("ok" or "not-applicable")).ToList();
        foreach (var failed in analyses)
        {
            output.WriteLine($"  1 analysis: {failed.Axis("analysis")} on {failed.Axis("dataset")}, seed {failed.Axis("seed")}, is {failed.Status}{(failed.Message is { } message ? $": {message}" : "")}");
        }

        output.WriteLine(folder.LeaderboardPath);
        output.WriteLine(folder.CellsPath);
        if (Directory.Exists(folder.Figures))
        {
            output.WriteLine(folder.Figures);
        }

        output.WriteLine(folder.PagePath);
        return failures.Count > 0 || analyses.Count > 0 ? 1 : 0;
    }
}
