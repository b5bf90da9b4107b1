using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Samples;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Html;
using Dfx.Harness.Reporting.Tables;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting;

/// <summary>Writes every report of a results folder: pure functions of its manifest, records and definitions.</summary>
internal static class Reports
{
    private const string Markdown = ".md";
    private const string Latex = ".tex";

    /// <summary>More rows than this nobody reads as text.</summary>
    private const int MostRows = 2000;

    internal static Evaluated Write(ResultsFolder folder, Manifest manifest, Action<string> complain)
    {
        var read = Task.Run(() => DefinitionSet.Read(folder.Definitions));
        var results = Results.Read(folder, manifest, complain);
        var definitions = read.GetAwaiter().GetResult();
        definitions.Problems.ToList().ForEach(complain);
        var figures = Task.Run(() => FigureList.Of(results, complain));
        var evaluated = Write(folder, results, definitions, complain);
        Show(folder, manifest, evaluated, figures.GetAwaiter().GetResult(), complain);
        return evaluated;
    }

    /// <summary>Writes what is text from results that are read already.</summary>
    internal static Evaluated Write(ResultsFolder folder, Results results, DefinitionSet definitions, Action<string> complain)
    {
        var cells = Task.Run(() => CellsCsv.Write(folder.CellsPath, results));
        var others = Task.Run(() =>
        {
            var evaluated = Evaluated.Of(results, definitions);
            Leaderboards(folder, evaluated.Board);
            Tables(folder, evaluated, complain);
            Claims(folder, evaluated);
            return evaluated;
        });
        Task.WhenAll(cells, others).GetAwaiter().GetResult();
        return others.Result;
    }

    /// <summary>What reports there are.</summary>
    internal static IEnumerable<string> Files(ResultsFolder folder) => ((string[])
        [
            folder.PagePath, folder.LeaderboardPath, Path.ChangeExtension(folder.LeaderboardPath, Markdown), Path.ChangeExtension(folder.LeaderboardPath, Latex),
            folder.CellsPath, folder.ClaimsPath, Path.ChangeExtension(folder.ClaimsPath, Markdown),
        ]).Where(File.Exists).Concat(Directory.Exists(folder.Tables) ? Directory.EnumerateFiles(folder.Tables).Order(StringComparer.Ordinal) : []);

    private static void Leaderboards(ResultsFolder folder, Leaderboard board)
    {
        LeaderboardCsv.Write(folder.LeaderboardPath, board);
        var grids = LeaderboardGrid.Of(board, MostRows);
        TextFile.Write(Path.ChangeExtension(folder.LeaderboardPath, Markdown), string.Join('\n', grids.Select(grid => MarkdownGrid.Render(grid))));
        TextFile.Write(Path.ChangeExtension(folder.LeaderboardPath, Latex), string.Join('\n', grids.Select(LatexGrid.Render)));
    }

    private static void Tables(ResultsFolder folder, Evaluated evaluated, Action<string> complain)
    {
        if (evaluated.Tables.Count > 0 && Links.Problem(folder.Tables) is { } problem)
        {
            complain(problem);
            return;
        }

        foreach (var (id, tables) in evaluated.Tables)
        {
            Directory.CreateDirectory(folder.Tables);
            var path = Path.Combine(folder.Tables, id);
            TextFile.Write(path + ".csv", TableText.Csv(tables));
            TextFile.Write(path + Markdown, TableText.Markdown(tables, evaluated.Board.Results));
            TextFile.Write(path + Latex, TableText.Latex(tables, evaluated.Board.Results));
        }
    }

    private static void Claims(ResultsFolder folder, Evaluated evaluated)
    {
        if (evaluated.Claims.Count == 0)
        {
            return;
        }

        CsvFile.Write(folder.ClaimsPath, ClaimsCsv.Header, ClaimsCsv.Rows(evaluated.Claims));
        TextFile.Write(Path.ChangeExtension(folder.ClaimsPath, Markdown), ClaimsText.Markdown(evaluated.Board.Results, evaluated.Claims));
    }

    /// <summary>Figures, and the page that has everything. Both at a time, unless the page shows the pictures.</summary>
    private static void Show(ResultsFolder folder, Manifest manifest, Evaluated evaluated, IReadOnlyList<Figure> measured, Action<string> complain)
    {
        var results = evaluated.Board.Results;
        var claims = FigureList.Guarded<Figure>(() => [ClaimsFigure.Make(VerdictRows.Of(evaluated.Claims), VerdictRows.Axis)], complain);

        // Two analyses that agree in all that names them would be one file.
        var figures = measured.Concat(claims).DistinctBy(figure => figure.Name, StringComparer.Ordinal).ToList();
        var sheets = (IReadOnlyList<SampleSheet>)[.. new SheetMaker(folder).Make(results, complain), .. new AnalysisSheets(folder, complain).Read(results)];
        var drawing = Task.Run(() => FigureFolder.Write(folder.Figures, [.. figures.Select(Drawing.Of), .. sheets.Select(SheetDrawing.Of)], complain));
        var report = new Report
        {
            Board = evaluated.Board,
            Manifest = manifest,
            Figures = figures,
            Sheets = sheets,
            Tables = [.. evaluated.Tables.SelectMany(t => t.Filled).Where(t => t.Coverage.Measured > 0).Select(t => PaperTableGrid.Of(t, results))],
            Claims = evaluated.Claims,
            Picture = name =>
            {
                drawing.Wait();
                return FigureFolder.Picture(folder.Figures, name);
            },
        };
        var page = Task.Run(() => ReportPage.Write(folder.PagePath, report, WebFiles.Folder));
        Task.WhenAll(drawing, page).GetAwaiter().GetResult();
    }
}
