using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary>What a run says at its end.</summary>
internal static class RunSummary
{
    // What fits on a screen; the page has the rest.
    private const int MostBudgets = 12;

    /// <summary>Writes the summary; 1 if a cell or an analysis failed.</summary>
    internal static int Write(TextWriter output, Evaluated evaluated, ResultsFolder folder)
    {
        var results = evaluated.Board.Results;
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

        Leaders(evaluated.Board).ToList().ForEach(output.WriteLine);
        Verdicts(evaluated.Claims).ToList().ForEach(output.WriteLine);
        output.WriteLine(folder.LeaderboardPath);
        output.WriteLine(folder.CellsPath);
        ((string[])[folder.Tables, folder.Figures]).Where(Directory.Exists).ToList().ForEach(output.WriteLine);
        output.WriteLine(folder.PagePath);
        return failures.Count > 0 || analyses.Count > 0 ? 1 : 0;
    }

    /// <summary>The best mean of the first metric at each budget, as a table.</summary>
    private static IEnumerable<string> Leaders(Leaderboard board)
    {
        if (board.Columns is not [var metric, ..])
        {
            yield break;
        }

        var leaders = BudgetLeader.Of(board, metric).ToList();
        string[] head = ["dataset", "task", "NFE", "method", "sampler", metric.Header, "seeds", ""];
        var lines = leaders.Take(MostBudgets).Select(leader => (string[])
        [
            leader.Row.Axis("dataset"), leader.Row.Axis("task"), leader.Row.Axis("nfe"), leader.Method, leader.Row.Axis("sampler"), Digits.Of(leader.Row.Estimate(metric)),
            $"{leader.Row.Values(metric).Count}", leader.IsApart ? "apart from the next" : "",
        ]).Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Length).Select(i => lines.Max(line => line[i].Length)).ToList();
        yield return $"the {(metric.Sign < 0 ? "highest" : "lowest")} mean at each budget, ± half of the 95 % interval over the seeds:";
        foreach (var line in lines)
        {
            yield return $"  {string.Join("  ", line.Select((text, i) => text.PadRight(widths[i])))}".TrimEnd();
        }

        if (leaders.Count > MostBudgets)
        {
            yield return $"  … and {leaders.Count - MostBudgets} more on the page";
        }
    }

    /// <summary>How many of the papers' claims have which verdict.</summary>
    private static IEnumerable<string> Verdicts(IReadOnlyList<ClaimResult> claims)
    {
        var measured = claims.Where(claim => claim.IsMeasured).ToList();
        if (claims.Count > 0)
        {
            var verdicts = measured.CountBy(claim => ClaimsCsv.Word(claim.Verdict)).OrderBy(verdict => verdict.Key, StringComparer.Ordinal).Select(verdict => $"{verdict.Value} {verdict.Key}");
            yield return $"{measured.Count} of {claims.Count} claims of the papers were measured{(measured.Count > 0 ? $": {string.Join(", ", verdicts)}" : "")}";
        }
    }
}
