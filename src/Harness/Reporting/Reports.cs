using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>Writes every report of a results folder: pure functions of its manifest and records.</summary>
internal static class Reports
{
    internal static Results Write(ResultsFolder folder, Manifest manifest, Action<string> complain)
    {
        var results = Results.Read(folder, manifest, complain);
        CellsCsv.Write(folder.CellsPath, results);
        LeaderboardCsv.Write(folder.LeaderboardPath, results);
        return results;
    }
}
