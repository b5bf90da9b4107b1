using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Gnuplot;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Samples;
using Dfx.Harness.Reporting.Html;
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
        Show(folder, manifest, results, complain);
        return results;
    }

    /// <summary>Figures, and the page that has them.</summary>
    private static void Show(ResultsFolder folder, Manifest manifest, Results results, Action<string> complain)
    {
        var figures = FigureList.Of(results, AnalysisTables.Read(folder, manifest));
        var sheets = new SheetMaker(folder).Make(results);
        FigureFolder.Write(folder.Figures, [.. figures.Select(Drawing.Of), .. sheets.Select(SheetDrawing.Of)], GnuplotProcess.Find(), complain);
        ReportPage.Write(
            folder.PagePath,
            new() { Results = results, Manifest = manifest, Figures = figures, Sheets = sheets, Picture = name => FigureFolder.Picture(folder.Figures, name) },
            WebFiles.Folder);
    }
}
