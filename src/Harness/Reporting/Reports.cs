using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Tables;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>Writes every report of a results folder: pure functions of its manifest, records and definitions.</summary>
internal static class Reports
{
    private const string Markdown = ".md";
    private const string Latex = ".tex";

    /// <summary>More rows than this nobody reads as text.</summary>
    private const int MostRows = 2000;

    internal static Results Write(ResultsFolder folder, Manifest manifest, Action<string> complain)
    {
        var results = Results.Read(folder, manifest, complain);
        var definitions = DefinitionSet.Read(folder.Definitions);
        definitions.Problems.ToList().ForEach(complain);
        Write(folder, results, definitions);
        return results;
    }

    /// <summary>Writes them from results that are read already.</summary>
    internal static void Write(ResultsFolder folder, Results results, DefinitionSet definitions)
    {
        var board = Leaderboard.Of(results);
        CellsCsv.Write(folder.CellsPath, results);
        Leaderboards(folder, board);
        Tables(folder, board, definitions);
        Claims(folder, board, definitions);
    }

    /// <summary>What reports there are.</summary>
    internal static IEnumerable<string> Files(ResultsFolder folder) => ((string[])
        [
            folder.LeaderboardPath, Path.ChangeExtension(folder.LeaderboardPath, Markdown), Path.ChangeExtension(folder.LeaderboardPath, Latex), folder.CellsPath,
            folder.ClaimsPath, Path.ChangeExtension(folder.ClaimsPath, Markdown),
        ]).Where(File.Exists).Concat(Directory.Exists(folder.Tables) ? Directory.EnumerateFiles(folder.Tables).Order(StringComparer.Ordinal) : []);

    private static void Leaderboards(ResultsFolder folder, Leaderboard board)
    {
        LeaderboardCsv.Write(folder.LeaderboardPath, board);
        var grids = LeaderboardGrid.Of(board, MostRows);
        TextFile.Write(Path.ChangeExtension(folder.LeaderboardPath, Markdown), string.Join('\n', grids.Select(grid => MarkdownGrid.Render(grid))));
        TextFile.Write(Path.ChangeExtension(folder.LeaderboardPath, Latex), string.Join('\n', grids.Select(LatexGrid.Render)));
    }

    private static void Tables(ResultsFolder folder, Leaderboard board, DefinitionSet definitions)
    {
        foreach (var table in definitions.Tables)
        {
            Directory.CreateDirectory(folder.Tables);
            var filled = PaperTables.Of(table.Definition, table.Published, board);
            var path = Path.Combine(folder.Tables, table.Definition.Id);
            TextFile.Write(path + ".csv", TableText.Csv(filled));
            TextFile.Write(path + Markdown, TableText.Markdown(filled, board.Results));
            TextFile.Write(path + Latex, TableText.Latex(filled, board.Results));
        }
    }

    private static void Claims(ResultsFolder folder, Leaderboard board, DefinitionSet definitions)
    {
        if (definitions.Claims.Count == 0)
        {
            return;
        }

        List<ClaimResult> claims = [.. definitions.Claims.Select(claim => ClaimResult.Of(claim, board))];
        CsvFile.Write(folder.ClaimsPath, ClaimsCsv.Header, ClaimsCsv.Rows(claims));
        TextFile.Write(Path.ChangeExtension(folder.ClaimsPath, Markdown), ClaimsText.Markdown(board.Results, claims));
    }
}
