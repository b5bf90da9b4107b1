using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Html;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Leaderboards: intervals, differences to the baseline, what may be bold, and the forms that people read.</summary>
public sealed class LeaderboardTests
{
    private static CellRow[] Cells() =>
    [
        TestCells.Fd("dsm", 0, 10), TestCells.Fd("dsm", 1, 11), TestCells.Fd("dsm", 2, 12),
        TestCells.Fd("stf", 0, 5), TestCells.Fd("stf", 1, 6.1), TestCells.Fd("stf", 2, 6.9),
        TestCells.Fd("100%_a&b", 0, 9), TestCells.Without("error", "it broke\nat line 2", "100%_a&b", 1), TestCells.Without("stale", "old", "100%_a&b", 2),
        TestCells.Without("not-applicable", "no meaning", "cold", 0), TestCells.Without("missing", null, "late", 0),
        TestCells.Fd("dsm", 0, 3, ("nfe", "10")), TestCells.Fd("stf", 0, 2, ("nfe", "10")),
    ];

    /// <summary>t(0.975, 2) = 4.302653: 11 +- 2.484138; the differences -5, -4.9, -5.1 have mean -5 and deviation 0.1, so +- 0.248414.</summary>
    [Test]
    public void The_csv_has_intervals_and_differences_to_the_baseline()
    {
        var rows = Csv(Cells());
        var (dsm, stf, single) = (rows.Single(r => r["method"] == "dsm" && r["nfe"] == "5"), rows.Single(r => r["method"] == "stf" && r["nfe"] == "5"), rows.Single(r => r["method"] == "100%_a&b"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Number(dsm, "fd-low"), Is.EqualTo(11 - 2.4841377).Within(1e-6));
            Assert.That(Number(dsm, "fd-high"), Is.EqualTo(11 + 2.4841377).Within(1e-6));
            Assert.That(dsm["baseline"] + dsm["fd-difference"], Is.Empty, "the baseline has no difference to itself");
            Assert.That(stf["baseline"], Is.EqualTo("dsm"));
            Assert.That(Number(stf, "fd-difference"), Is.EqualTo(-5).Within(1e-12));
            Assert.That(Number(stf, "fd-difference-low"), Is.EqualTo(-5.24841377).Within(1e-6));
            Assert.That(Number(stf, "fd-difference-high"), Is.EqualTo(-4.75158623).Within(1e-6));
            Assert.That(single["fd-difference"], Is.EqualTo("-1"), "over the seeds that both have");
            Assert.That(single["fd-low"] + single["fd-difference-low"], Is.Empty, "one seed has no interval");
        }
    }

    [Test]
    public void A_correction_is_compared_with_the_baseline_without_one()
    {
        var rows = Csv(TestCells.Fd("dsm", 0, 4), TestCells.Fd("dsm", 0, 3, ("correction", "residual")), TestCells.Fd("other", 0, 2, ("sampler", "ddim")));
        Assert.That(rows.Select(r => $"{r["method"]} {r["correction"]} {r["fd-difference"]}"), Is.EqualTo(new[] { "other none ", "dsm residual -1", "dsm none " }));
    }

    [Test]
    public void Budgets_in_evaluations_stand_apart_from_those_in_steps_and_say_so()
    {
        CellRow[] cells = [TestCells.Fd("dsm", 0, 3), TestCells.Fd("dsm", 0, 2, ("evaluations", "80")), TestCells.Fd("stf", 0, 1, ("evaluations", "80"))];
        var board = Leaderboard.Of(TestCells.Results(cells));
        var text = Markdown(cells);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("NFE 5, 20 steps").And.Contain("NFE 5, 80 training evaluations"));
            Assert.That(text, Does.Contain("after 20 training steps or 80 training evaluations at batch 4"));
            Assert.That(board.Rows.Select(row => board.Rows.Count(other => Leaderboard.SameBlock(row, other))), Is.EquivalentTo(new[] { 1, 2, 2 }));
            Assert.That(Csv(cells).Select(row => row["evaluations"]), Is.EquivalentTo(new[] { "", "80", "80" }));
        }
    }

    [Test]
    public void Only_an_interval_apart_from_the_next_is_bold()
    {
        var column = new MetricColumn("fd", new('p', 16), "fd");
        var recall = new MetricColumn("recall", new('p', 16), "recall") { Better = Direction.Higher };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Best.Of(Rows([TestCells.Fd("a", 0, 1), TestCells.Fd("a", 1, 1.01), TestCells.Fd("b", 0, 9), TestCells.Fd("b", 1, 9.01)]), column)?.Axis("method"), Is.EqualTo("a"));
            Assert.That(Best.Of(Rows([TestCells.Fd("a", 0, 1), TestCells.Fd("a", 1, 2), TestCells.Fd("b", 0, 3), TestCells.Fd("b", 1, 4)]), column), Is.Null, "they overlap");
            Assert.That(Best.Of(Rows([TestCells.Fd("a", 0, 1), TestCells.Fd("b", 0, 9), TestCells.Fd("b", 1, 9)]), column), Is.Null, "one seed");
            Assert.That(Best.Of(Rows([TestCells.Fd("a", 0, 1), TestCells.Fd("a", 1, 1)]), column), Is.Null, "alone");
            Assert.That(Best.Of(Rows([Recall("a", 0, 0.1), Recall("a", 1, 0.1), Recall("b", 0, 0.9), Recall("b", 1, 0.9)]), recall)?.Axis("method"), Is.EqualTo("b"));
        }
    }

    [Test]
    public void The_markdown_is_the_agreed_one() => Snapshot.Check("leaderboard.md", Markdown(Cells()));

    [Test]
    public void The_latex_is_the_agreed_one() => Snapshot.Check("leaderboard.tex", Latex(Cells()));

    [Test]
    public void Culture_and_order_mean_nothing([Range(1, 5)] int seed)
    {
        var (markdown, latex, csv) = (Markdown(Cells()), Latex(Cells()), Text(Cells()));
        var cells = Cells();
        new Random(seed).Shuffle(cells);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Cultures.Other(() => Markdown(cells)), Is.EqualTo(markdown));
            Assert.That(Cultures.Other(() => Latex(cells)), Is.EqualTo(latex));
            Assert.That(Cultures.Other(() => Text(cells)), Is.EqualTo(csv));
        }
    }

    [Test]
    public void More_rows_than_anybody_reads_are_cut_and_the_file_says_so()
    {
        var board = Leaderboard.Of(TestCells.Results(Enumerable.Range(0, 9).Select(i => TestCells.Fd($"m{i}", 0, i))));
        var grid = LeaderboardGrid.Of(board, 4).Single();
        Assert.That(grid.Rows, Has.Count.EqualTo(5));
        Assert.That(grid.Notes[^1], Is.EqualTo("Only the first 4 of 9 rows are shown; leaderboard.csv has all of them."));
    }

    /// <summary>Models of 10 steps at NFE 20: one takes 20 levels, one each of its 10 levels twice, one each once and leaves the rest of the budget.</summary>
    [Test]
    public void Rows_beyond_the_trained_steps_are_marked()
    {
        CellRow Cell(string method, int levels, int used = 20)
        {
            var cell = TestCells.Fd(method, 0, 1, ("nfe", "20"));
            return cell with { Outcome = cell.Outcome! with { TrainedSteps = 10, Levels = levels, Nfe = 20, NfeUsed = used } };
        }

        var board = Leaderboard.Of(TestCells.Results(Cell("far", 20), Cell("near", 10), Cell("stopped", 10, used: 10)));
        var grid = LeaderboardGrid.Of(board, 10).Single();
        var statuses = grid.Rows.Where(row => row.Count > 1).ToDictionary(row => row[0].Text, row => row[^1].Text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(statuses, Is.EqualTo(new Dictionary<string, string> { ["far"] = "ok, beyond T = 10", ["near"] = "ok", ["stopped"] = "ok, beyond T = 10" }));
            Assert.That(grid.Notes, Has.Some.StartsWith("Beyond T:"));
            Assert.That(LeaderboardGrid.Of(Leaderboard.Of(TestCells.Results(Cell("near", 10))), 10).Single().Notes, Has.None.StartsWith("Beyond T:"));
            Assert.That(new BoardJson(board).Rows(), Does.Contain("""{"name":"beyond T","kind":"number","values":[10,null,10]}"""));
        }
    }

    [Test]
    public void A_long_table_goes_over_several_pages()
    {
        var latex = Latex([.. Enumerable.Range(0, 60).Select(i => TestCells.Fd($"m{i}", 0, i))]);
        Assert.That(latex, Does.Contain("\\begin{longtable}{").And.Contain("\\endhead").And.Not.Contain("tabular"));
    }

    private static CellRow Recall(string method, int seed, double value) => TestCells.Of(method, seed, [TestCells.Metric("recall", value, Direction.Higher)]);

    private static IReadOnlyList<LeaderboardRow> Rows(params CellRow[] cells) => Leaderboard.Of(TestCells.Results(cells)).Rows;

    private static string Markdown(CellRow[] cells) => string.Join('\n', LeaderboardGrid.Of(Leaderboard.Of(TestCells.Results(cells)), 100).Select(g => MarkdownGrid.Render(g)));

    private static string Latex(CellRow[] cells) => string.Join('\n', LeaderboardGrid.Of(Leaderboard.Of(TestCells.Results(cells)), 100).Select(LatexGrid.Render));

    private static string Text(params CellRow[] cells) => ScratchFolder.Written(path => LeaderboardCsv.Write(path, Leaderboard.Of(TestCells.Results(cells))));

    private static List<Dictionary<string, string>> Csv(params CellRow[] cells)
    {
        using var scratch = new ScratchFolder();
        var table = CsvTable.Read(scratch.Write("l.csv", Text(cells)));
        return [.. table.Rows.Select(row => table.Header.Zip(row).ToDictionary(p => p.First, p => p.Second))];
    }

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture);
}
