using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>Writes every report of a results folder: pure functions of its manifest and records.</summary>
internal static class Reports
{
    /// <summary>More rows than this nobody reads as text.</summary>
    private const int MostRows = 2000;

    internal static Results Write(ResultsFolder folder, Manifest manifest, Action<string> complain)
    {
        var results = Results.Read(folder, manifest, complain);
        var board = Leaderboard.Of(results);
        CellsCsv.Write(folder.CellsPath, results);
        LeaderboardCsv.Write(folder.LeaderboardPath, board);
        var grids = LeaderboardGrid.Of(board, MostRows);
        TextFile.Write(Path.ChangeExtension(folder.LeaderboardPath, ".md"), string.Join('\n', grids.Select(grid => MarkdownGrid.Render(grid))));
        TextFile.Write(Path.ChangeExtension(folder.LeaderboardPath, ".tex"), string.Join('\n', grids.Select(LatexGrid.Render)));
        return results;
    }
}
