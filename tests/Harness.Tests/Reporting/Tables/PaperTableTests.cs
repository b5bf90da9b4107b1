using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Reporting.Tables;

/// <summary>Papers' tables: how they are read, which measured numbers stand in them, and their forms.</summary>
public sealed class PaperTableTests
{
    private static readonly string s_fixtures = Path.Combine(Repository.Root, "tests", "Harness.Tests", "Reporting", "Tables", "Fixtures");

    [Test]
    public void Table_1_of_STF_in_all_forms()
    {
        var tables = Filled("plugins/Stf/tables/stf-1.yaml", Measured());
        using (Assert.EnterMultipleScope())
        {
            Snapshot.Check("stf-1.md", TableText.Markdown(tables, Measured().Results));
            Snapshot.Check("stf-1.tex", TableText.Latex(tables, Measured().Results));
            Snapshot.Check("stf-1.csv", TableText.Csv(tables));
            Assert.That(tables.Single().Coverage, Is.EqualTo((6, 36)));
        }
    }

    [Test]
    public void Pairs_offsets_and_merged_headers_in_all_forms()
    {
        var residual = Filled(Path.Combine(s_fixtures, "residual-7.yaml"), Corrected());
        var compensation = Filled(Path.Combine(s_fixtures, "compensation-4.yaml"), Leaderboard.Of(TestCells.Results()));
        using (Assert.EnterMultipleScope())
        {
            Snapshot.Check("residual-7.md", TableText.Markdown(residual, Corrected().Results));
            Snapshot.Check("compensation-4.tex", TableText.Latex(compensation, Corrected().Results));
        }
    }

    [Test]
    public void Culture_and_order_mean_nothing([Range(1, 3)] int seed)
    {
        var expected = Forms(Measured());
        Assert.That(Cultures.Other(() => Forms(Measured(new Random(seed)))), Is.EqualTo(expected));
    }

    /// <summary>The last checkpoint counts; two datasets are two tables; what nobody can tell apart is not shown as a number.</summary>
    [Test]
    public void One_number_stands_in_one_place()
    {
        CellRow[] cells =
        [
            Fd("dsm-ve", 0, 9, ("sampler", "rk45"), ("steps", "10"), ("checkpoint", "0.5")), Fd("dsm-ve", 0, 5, ("sampler", "rk45")),
            Fd("dsm-ve", 0, 7, ("sampler", "rk45"), ("dataset", "e")), Fd("dsm-ve", 0, 8, ("sampler", "rk45"), ("dataset", "e"), ("threads", "9")),
        ];
        Assert.That(Stf1(cells, "DSM - RK45"), Is.EqualTo(new[] { "5 ", " 2 configurations fit" }));
    }

    /// <summary>The paper's own sampler at its own budget, and the n that is nearest to the paper's.</summary>
    [Test]
    public void A_table_chooses_among_several()
    {
        CellRow[] cells =
        [
            .. from label in (string[])["dsm-edm", "stf-edm-512", "stf-edm-4096"]
               from sampler in (string[])["heun", "heun-30"]
               from nfe in (string[])["10", "35", "50", "9"]
               let value = int.Parse(nfe, System.Globalization.CultureInfo.InvariantCulture) + (100 * label.Length) + (1000 * sampler.Length)
               select Fd(label, 0, value, ("sampler", sampler), ("nfe", nfe), ("network", "ddpmpp-8")),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Stf1(cells, "DSM - Heun, DDPM++"), Is.EqualTo(new[] { "4735 " }));
            Assert.That(Stf1(cells, "STF - Heun, DDPM++"), Is.EqualTo(new[] { "5235 " }));
        }
    }

    /// <summary>Wishes count in their order; a row has the last word; what nobody can have is no reason to show nothing.</summary>
    [TestCase("[35, largest]", "", "10 50 35", "35")]
    [TestCase("[35, largest]", "", "10 50", "50")]
    [TestCase("[35, 10, smallest]", "", "5 10 50", "10")]
    [TestCase("[35, smallest]", "", "7 10 50", "7")]
    [TestCase("35", "", "35 50", "35")]
    [TestCase("35", "", "10", "10")]
    [TestCase("[35, largest]", ", choose: { nfe: 10 }", "10 35", "10")]
    [TestCase("[35, largest]", ", choose: { steps: smallest }", "10 35", "35")]
    public void A_table_wishes_for_a_budget(string wishes, string row, string budgets, string shown)
    {
        var definition = $"{{ id: a, title: t, paper: p, choose: {{ nfe: {wishes} }}, columns: [{{ title: c, metric: fd-* }}], rows: [{{ title: r, cell: {{ method: m }}{row} }}] }}";
        using var scratch = new ScratchFolder();
        var cells = budgets.Split(' ').Select(nfe => Fd("m", 0, double.Parse(nfe, System.Globalization.CultureInfo.InvariantCulture), ("nfe", nfe)));
        var table = PaperTables.Of(TableReader.Read(scratch.Write("t.yaml", definition)), PublishedRows.None, Board([.. cells])).Single();
        Assert.That(table.Rows.Single().Cells[0].Parts[0].Measured!.Value?.Mean.ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(shown));
    }

    /// <summary>
    /// A method with 9, 5, 4.9 after 1, 2, 3 hours, where the reference ends with 5: it gets there after 2 hours. Within 2.1 % of its own best it is after 2 hours too, within 1 % after 3.
    /// </summary>
    [TestCase("cell: { method: n }", "7200 ")]
    [TestCase("cell: { method: n }, within: 0.9", "3600 ")]
    [TestCase("within: 0.021", "7200 ")]
    [TestCase("within: 0.01", "10800 ")]
    [TestCase("cell: { method: best }", " not reached")]
    [TestCase("cell: { method: none-such }", " not in the matrix")]
    public void A_number_is_taken_from_the_first_checkpoint_that_is_good_enough(string reach, string shown)
    {
        var definition = $"{{ id: a, title: t, paper: p, columns: [{{ title: c, value: time-train, reach: {{ metric: [fid, fd-*], {reach} }} }}], rows: [{{ title: r, cell: {{ method: m }} }}] }}";
        using var scratch = new ScratchFolder();
        var cells = ((string, double, int)[])[("m", 9, 1), ("m", 5, 2), ("m", 4.9, 3), ("n", 7, 1), ("n", 5, 3), ("best", 1, 3)];
        var row = PaperTables.Of(TableReader.Read(scratch.Write("t.yaml", definition)), PublishedRows.None, Board([.. cells.Select(Cell)])).Single().Rows.Single();
        var measured = row.Cells[0].Parts[0].Measured!;
        Assert.That($"{measured.Value?.Mean.ToString(System.Globalization.CultureInfo.InvariantCulture)} {measured.Problem}", Is.EqualTo(shown));

        static CellRow Cell((string Method, double Fd, int Hours) c) =>
            Fd(c.Method, 0, c.Fd, ("steps", $"{c.Hours}0"), ("checkpoint", $"0.{c.Hours}")) with { Timing = new() { SecondsPerImage = 1, TrainSeconds = 3600 * c.Hours } };
    }

    [TestCase("id: a\ntitle: t\npaper: p\nrows: [{ title: r }]\ncolumns: [{ title: c, metrik: fd }]", "has no key 'metrik'; the nearest is 'metric'")]
    [TestCase("id: a\ntitle: t\npaper: p\nrows: [{ title: r, cell: { smapler: x } }]\ncolumns: [{ title: c }]", "no coordinate 'smapler'; the nearest is 'sampler'")]
    [TestCase("id: a\ntitle: t\npaper: p\nrows: [{ title: r }]\ncolumns: [{ title: c, value: nfe-use }]", "the nearest is 'nfe-used'")]
    [TestCase("id: a\ntitle: t\npaper: p\nchoose: { nfee: largest }\nrows: [{ title: r }]\ncolumns: [{ title: c }]", "no coordinate 'nfee'; the nearest is 'nfe'")]
    [TestCase("id: a\ntitle: t\npaper: p\nchoose: { nfe: larger }\nrows: [{ title: r }]\ncolumns: [{ title: c }]", "the nearest is 'largest'")]
    [TestCase("id: a\ntitle: t\npaper: p\nchoose: { nfe: [280, lagest] }\nrows: [{ title: r }]\ncolumns: [{ title: c }]", "the nearest is 'largest', and a number will do too")]
    [TestCase("id: a\ntitle: t\npaper: p\nrows: [{ title: r, choose: { nfee: 3 } }]\ncolumns: [{ title: c }]", "no coordinate 'nfee'; the nearest is 'nfe'")]
    [TestCase("id: a b\ntitle: t\npaper: p\nrows: [{ title: r }]\ncolumns: [{ title: c }]", "for it names a file")]
    public void What_is_wrong_with_a_definition_is_said_with_its_place(string yaml, string message)
    {
        using var scratch = new ScratchFolder();
        var path = scratch.Write("t.yaml", yaml);
        Assert.That(() => TableReader.Read(path), Throws.TypeOf<UsageException>().With.Message.Contains(message).And.Message.Match(@"t\.yaml:\d+:\d+: "));
    }

    /// <summary>A rk45 cell has no NFE, so it gives way; the failed metric of the chosen configuration is not filled from another one.</summary>
    [Test]
    public void A_row_shows_one_configuration_in_all_of_its_columns()
    {
        const string Definition = "{ id: a, title: t, paper: p, choose: { nfe: smallest }, columns: [{ title: c, metric: fd }, { title: d, value: nfe-used }], rows: [{ title: r, cell: { method: m } }] }";
        using var scratch = new ScratchFolder();
        var (other, free) = (TestCells.Of("m", 0, [TestCells.Metric("kd", 7)], ("nfe", "9")), Fd("m", 0, 1, ("sampler", "rk45"), ("nfe", "2")));
        CellRow[] cells = [other, Fd("m", 0, 3, ("nfe", "35")), free with { Axes = new Dictionary<string, string>(free.Axes) { ["nfe"] = "free" } }];
        var row = PaperTables.Of(TableReader.Read(scratch.Write("t.yaml", Definition)), PublishedRows.None, Board(cells)).Single().Rows.Single();
        Assert.That(row.Cells.Select(cell => cell.Parts[0].Measured!).Select(m => $"{m.Value?.Mean} {m.Problem}"), Is.EqualTo(new[] { " no such metric", "9 " }));
    }

    private static IEnumerable<string> Stf1(CellRow[] cells, string title) => Filled("plugins/Stf/tables/stf-1.yaml", Board(cells))
        .Select(table => table.Rows.First(row => row.Leaf.Titles[^1] == title).Cells[1].Parts[0].Measured!).Select(m => $"{m.Value?.Mean} {m.Problem}");

    private static string Forms(Leaderboard board)
    {
        var tables = Filled("plugins/Stf/tables/stf-1.yaml", board);
        return TableText.Markdown(tables, board.Results) + TableText.Latex(tables, board.Results) + TableText.Csv(tables);
    }

    /// <summary>A definition of the checkout, filled.</summary>
    internal static IReadOnlyList<PaperTable> Filled(string path, Leaderboard board)
    {
        var definition = TableReader.Read(Path.Combine(Repository.Root, path));
        return PaperTables.Of(definition, PublishedRows.Read(Path.Combine(Repository.Root, "baselines", "published", definition.Published + ".csv")), board);
    }

    private static Leaderboard Measured(Random? random = null)
    {
        CellRow[] cells =
        [
            Fd("dsm-ve", 0, 9.1, ("sampler", "rk45")), Fd("dsm-ve", 1, 9.2, ("sampler", "rk45")), Fd("dsm-ve", 2, 9.3, ("sampler", "rk45")),
            Fd("stf-ve", 0, 5.1, ("sampler", "rk45")), Fd("stf-ve", 1, 5.25, ("sampler", "rk45")), Fd("stf-ve", 2, 5.2, ("sampler", "rk45")),
            Fd("stf-edm", 0, 2.5, ("network", "ncsnpp-32"), ("samples", "64")), TestCells.Without("oom", "too big", "dsm-edm", 0, ("network", "ncsnpp-32")),
        ];
        random?.Shuffle(cells);
        return Board(cells);
    }

    private static Leaderboard Corrected() => Board(
        Fd("dsm-vp", 0, 6, ("sampler", "deis"), ("nfe", "10")), Fd("dsm-vp", 0, 5, ("sampler", "deis"), ("nfe", "10"), ("correction", "residual from dsm")),
        Fd("dsm-vp", 1, 6.5, ("sampler", "deis"), ("nfe", "10")), TestCells.Of("dsm-vp", 0, [TestCells.Metric("fd-fmnist-cnn", 1), TestCells.Metric("recall", 1, Direction.Higher)], ("sampler", "deis"), ("nfe", "20")));

    private static CellRow Fd(string method, int seed, double value, params (string, string)[] axes) =>
        TestCells.Of(method, seed, [TestCells.Metric("fd-fmnist-cnn", value)], axes);

    private static Leaderboard Board(params CellRow[] cells) => Leaderboard.Of(TestCells.Results(cells) with { Labels = TestLabels.All });
}
