using System.Text.RegularExpressions;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Changes;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Vega;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Html;
using Dfx.Harness.Reporting.Tables;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Reporting.Tables;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Every form of a report: the machine's culture changes no byte. That the order of jobs does not either: <see cref="FolderReportTests"/>.</summary>
public sealed partial class ExporterTests
{
    private const string Claims = """
        claims:
          - { id: stf, says: "STF is better than DSM, by \"FD\"", place: Sec. 1, metric: fd-made, of: { method: { id: stf } }, is: better, than: { method: { id: dsm } } }
          - { id: nfe, says: more evaluations are better, place: Sec. 2, metric: fd-made, along: nfe, is: falling }
        """;

    private static readonly Dictionary<string, Func<Results, string>> s_exporters = new()
    {
        ["cells.csv"] = results => ScratchFolder.Written(path => CellsCsv.Write(path, results)),
        ["leaderboard.csv"] = results => ScratchFolder.Written(path => LeaderboardCsv.Write(path, Leaderboard.Of(results))),
        ["leaderboard.md"] = results => string.Join('\n', Boards(results).Select(grid => MarkdownGrid.Render(grid))),
        ["leaderboard.tex"] = results => string.Join('\n', Boards(results).Select(LatexGrid.Render)),
        ["table.csv"] = results => TableText.Csv(Tables(results)),
        ["table.md"] = results => TableText.Markdown(Tables(results), results),
        ["table.tex"] = results => TableText.Latex(Tables(results), results),
        ["claims.csv"] = results => CsvFile.Render(ClaimsCsv.Header, ClaimsCsv.Rows(Judged(results))),
        ["claims.md"] = results => ClaimsText.Markdown(results, Judged(results)),
        ["claims.txt"] = results => ClaimsText.Lines(Judged(results)),
        ["changes.csv"] = results => CsvFile.Render(ChangesText.Header, ChangesText.Rows(Change.Between(Earlier(), Leaderboard.Of(results)))),
        ["changes.md"] = results => MarkdownGrid.Render(ChangesText.Grid(Earlier(), Leaderboard.Of(results), Change.Between(Earlier(), Leaderboard.Of(results)))),
        ["figures-data.csv"] = results => Named(results, FigureData.Render),
        ["figures.vl.json"] = results => Named(results, VegaLite.Text),
        ["report.html"] = Page,
    };

    private static readonly string[] s_withoutSnapshotElsewhere = ["figures-data.csv", "figures.vl.json", "report.html"];

    private static IEnumerable<string> All => s_exporters.Keys;

    [TestCaseSource(nameof(All))]
    public void The_culture_means_nothing(string name)
    {
        var expected = s_exporters[name](Made());
        Assert.That(expected, Does.Match(@"\d\.\d"), "there is something that a culture could change");
        Assert.That(Cultures.Other(() => s_exporters[name](Made())), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(s_withoutSnapshotElsewhere))]
    public void The_form_is_the_agreed_one(string name) => Snapshot.Check(name, s_exporters[name](Made()));

    /// <summary>Two methods, samplers, budgets and checkpoints, three seeds; DSM once failed, and somebody else's method was never run.</summary>
    private static Results Made() => Of(
    [
        .. from method in (string[])["dsm-edm", "stf-edm-512"]
           from sampler in (string[])["ddim", "heun"]
           from nfe in (int[])[5, 35]
           from checkpoint in (string[])["0.5", "1"]
           from seed in (int[])[0, 1, 2]
           let time = checkpoint == "1" ? 1234.5 : 617.25
           let scatter = 7 * seed * method.Length % 5 * (nfe + 5) * 0.0625
           let value = ((method == "dsm-edm" ? 1234.5 : 1034.25) / nfe) + (sampler == "ddim" ? 9.5 : 0) + (1000 / time) + scatter
           select MadeResults.Cell(method, sampler, nfe, seed, value, checkpoint, time),
        MadeResults.Failed("dsm-edm", "pc", 5, 0, "oom", "needs 9.5 GiB"), MadeResults.Failed("theirs", "heun", 5, 0, "missing", ""),
    ]);

    /// <summary>The same run of other code, half of whose values were 12.5 higher.</summary>
    private static Leaderboard Earlier() => Leaderboard.Of(Of([.. Made().Cells.Where(cell => cell.Status == "ok").Select((cell, i) => cell with
    {
        Key = $"earlier {i}",
        Outcome = cell.Outcome! with { Metrics = [.. cell.Outcome.Metrics.Select(m => m with { Value = m.Value + (cell.Axes["nfe"] == "5" ? 12.5 : 0) })] },
    })]));

    private static Results Of(CellRow[] cells) => MadeResults.Of([.. cells.Select(cell => cell with
    {
        Axes = new Dictionary<string, string>(cell.Axes) { ["network"] = "ddpmpp-32" },
        Outcome = cell.Outcome is null ? null : cell.Outcome with { Metrics = [.. cell.Outcome.Metrics.Select(m => m with { Name = "fd-made" })] },
    })]) with
    { Labels = TestLabels.All, Baseline = "dsm-edm" };

    private static IReadOnlyList<Grid> Boards(Results results) => LeaderboardGrid.Of(Leaderboard.Of(results), 100);

    private static IReadOnlyList<PaperTable> Tables(Results results) => PaperTableTests.Filled("plugins/Stf/tables/stf-1.yaml", Leaderboard.Of(results));

    private static List<ClaimResult> Judged(Results results)
    {
        using var scratch = new ScratchFolder();
        return [.. ClaimReader.Read(scratch.Write("claims.yaml", Claims)).Select(claim => ClaimResult.Of(claim, Leaderboard.Of(results)))];
    }

    private static List<Figure> Figures(Results results) =>
        [.. FigureList.Of(results, [Curve]), ClaimsFigure.Make(VerdictRows.Of(Judged(results)), VerdictRows.Axis)!];

    private static CurveTable Curve => new(
        "variance", ["sigma", "n", "value", "value-se"], [["0.01", "1", "0.5", "0.1"], ["1.5", "1", "2.25", "0.1"], ["0.01", "8", "0.5", "0.1"], ["1.5", "8", "0.125", "0.1"]]);

    private static string Named(Results results, Func<Figure, string> render) =>
        string.Concat(Figures(results).Select(figure => $"== {figure.Name}: {figure.Title}. {figure.Caption}\n{render(figure)}\n"));

    /// <summary>The page without its styles and programs, which are files of their own.</summary>
    private static string Page(Results results) => Programs().Replace(
        ReportPage.Render(
            new()
            {
                Board = Leaderboard.Of(results),
                Manifest = MadeResults.Manifest(),
                Figures = Figures(results),
                Tables = [.. Tables(results).Select(table => PaperTableGrid.Of(table, results))],
                Claims = Judged(results),
            },
            ["/* drawing */"]),
        "$1$2");

    [GeneratedRegex("(<style>|<script>).*?(</style>|</script>)", RegexOptions.Singleline)]
    private static partial Regex Programs();
}
