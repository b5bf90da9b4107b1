using System.Globalization;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>The tables of a results folder, from results that are made by hand.</summary>
public sealed class ReportTests
{
    private const string Time = "0.25";

    /// <summary>Means and deviations by hand: 1 and 3 have mean 2 and deviation sqrt(2), so an interval of t(0.975, 1) = 12.706 to each side.</summary>
    [Test]
    public void The_leaderboard_is_the_agreed_one() => Snapshot.Check("leaderboard.csv", Leaderboard(Cells()));

    [Test]
    public void The_cells_are_the_agreed_ones() => Snapshot.Check("cells.csv", Table(CellsCsv.Write, Cells()));

    [Test]
    public void A_higher_value_that_is_better_stands_above()
    {
        CellRow[] cells = [Ok("low", 0, "k0", Recall(0.2)), Ok("high", 0, "k1", Recall(0.9)), Ok("middle", 0, "k2", Recall(0.5))];
        Assert.That(Leaderboard(cells).Split('\n')[1..^1].Select(row => row.Split(',')[4]), Is.EqualTo(new[] { "high", "middle", "low" }));
    }

    [Test]
    public void Line_ends_are_quoted_and_other_carriage_returns_shown() =>
        Assert.That(Table(CellsCsv.Write, [Row("a", 0, "k", "error", "one\rtwo\r\nthree")]), Does.Contain("\"one␍two\r\nthree\""));

    /// <summary>Names that are numbers, nearly numbers, and words: an order that depended on the input would show.</summary>
    [Test]
    public void The_order_of_the_cells_means_nothing([Range(1, 8)] int seed)
    {
        string[] names = ["9", "10", "1a", "1e1", "10.0", "NaN", "Infinity", "-3", "word", "Word", "", "0x1", "2 b"];
        var cells = names.SelectMany((name, i) => (CellRow[])[Ok(name, 0, $"k{i}a", Fd(1)), Ok(name, 1, $"k{i}b", Fd(1))]).Concat(Cells()).ToArray();
        var (expected, board) = (Table(CellsCsv.Write, Sorted(cells)), Leaderboard(Sorted(cells)));
        new Random(seed).Shuffle(cells);
        Assert.That(Table(CellsCsv.Write, Sorted(cells)), Is.EqualTo(expected));
        Assert.That(Leaderboard(Sorted(cells)), Is.EqualTo(board));
    }

    [Test]
    public void Sorting_many_cells_is_sorting_them_by_their_order([Range(1, 4)] int seed)
    {
        string[] words = ["9", "10", "1a", "1e1", "10.0", "NaN", "Infinity", "-3", "word", "Word", "", "0x1"];
        var random = new Random(seed);
        var cells = Enumerable.Range(0, 500)
            .Select(i => Ok(words[random.Next(words.Length)], random.Next(3), $"k{random.Next(100)}", words[random.Next(words.Length)], Fd(i))).ToList();
        Assert.That(CellOrder.Sort(cells), Is.EqualTo(cells.Order(CellOrder.Instance)).Using<CellRow>(ReferenceEquals));
    }

    [Test]
    public void Results_say_what_became_of_every_cell()
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.Path);
        folder.Create();
        RecordFiles.Write(folder, TestRecords.Record("bad", Status.Oom) with { Message = "too big" });
        RecordFiles.Write(folder, TestRecords.Record("good"));
        RecordFiles.Write(folder, TestRecords.Record("c-ok") with { Outcome = new() { NfeUsed = 4 } });
        RecordFiles.Write(folder, TestRecords.Record("c-failed", Status.Timeout) with { Message = "slow", Outcome = new() { NfeUsed = 4 } });
        ManifestJob[] jobs =
        [
            new("bad", "train", "the bad one", []), new("good", "train", "g", []), new("pupil", "correct", "p", ["bad"]),
            Cell("c-ok", "good"), Cell("c-failed", "good"), Cell("c-blocked", "good", "pupil"), Cell("c-missing", "good"), Cell("c-none", "bad") with { NotApplicable = "no" },
        ];
        var manifest = new Manifest { Matrix = "m", Source = "", Environment = new Dictionary<string, string>(), Plugins = new Dictionary<string, string>(), Jobs = jobs };
        var complaints = new List<string>();
        var rows = Results.Read(folder, manifest, complaints.Add).Cells.ToDictionary(c => c.Key, c => $"{c.Status}: {c.Message} {c.Outcome?.NfeUsed}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(complaints, Is.Empty);
            Assert.That(rows, Has.Count.EqualTo(5));
            Assert.That(rows["c-ok"], Is.EqualTo("ok:  4"));
            Assert.That(rows["c-failed"], Is.EqualTo("timeout: slow "));
            Assert.That(rows["c-blocked"], Is.EqualTo("blocked: job bad is oom: too big "));
            Assert.That(rows["c-missing"], Is.EqualTo("missing:  "));
            Assert.That(rows["c-none"], Is.EqualTo("not-applicable: no "));
        }
    }

    private static CellRow[] Cells() => Sorted(
    [
        Ok("good", 0, "k0", Fd(1), Recall(0.5)), Ok("good", 1, "k1", Fd(3), Recall(0.5)),
        Ok("bad, \"quoted\"", 0, "k2", Fd(7)), Row("bad, \"quoted\"", 1, "k3", "error", "it broke\non two lines"),
        Ok("single", 0, "k4", Fd(1.5), Recall(0.25) with { Protocol = new('b', 16) }),
        Row("blocked", 0, "k5", "blocked", "train is error: x"), Row("meaningless", 0, "k6", "not-applicable", "no"), Row("missing", 0, "k7", "missing", null),
        Ok("good", 0, "k8", "10", Fd(9)),
    ]);

    private static CellRow[] Sorted(IEnumerable<CellRow> cells) => [.. cells.Order(CellOrder.Instance)];

    private static MeasuredValue Fd(double value) => new("fd", value, null, Direction.Lower, new('p', 16), new Dictionary<string, string>());

    private static MeasuredValue Recall(double value) => new("recall", value, 0.1, Direction.Higher, new('a', 16), new Dictionary<string, string>()) { Low = 0, High = 1 };

    private static CellRow Ok(string method, int seed, string key, params MeasuredValue[] metrics) => Ok(method, seed, key, "5", metrics);

    private static CellRow Ok(string method, int seed, string key, string nfe, params MeasuredValue[] metrics) => new(
        Axes(method, seed, nfe), key, "ok", null,
        new() { NfeUsed = 5, NfeAuxiliary = 0, NfeCorrection = 0, Parameters = 100, Metrics = metrics },
        new() { SecondsPerImage = double.Parse(Time, CultureInfo.InvariantCulture) });

    private static CellRow Row(string method, int seed, string key, string status, string? message) => new(Axes(method, seed, "5"), key, status, message, null, null);

    private static Dictionary<string, string> Axes(string method, int seed, string nfe) => new()
    {
        ["dataset"] = "d",
        ["task"] = "generate",
        ["method"] = method,
        ["correction"] = "none",
        ["sampler"] = "s",
        ["nfe"] = nfe,
        ["checkpoint"] = "1",
        ["steps"] = "20",
        ["ema"] = "default",
        ["batch"] = "4",
        ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        ["samples"] = "16",
        ["precision"] = "float32",
        ["device"] = "cpu",
        ["threads"] = "2",
    };

    private static ManifestJob Cell(string key, params string[] needs) => new(key, "cell", "cell " + key, needs, Axes(key, 0, "5"));

    private static string Leaderboard(IEnumerable<CellRow> cells) => Table((path, results) => LeaderboardCsv.Write(path, Harness.Reporting.Leaderboard.Of(results)), cells);

    private static string Table(Action<string, Results> write, IEnumerable<CellRow> cells) => ScratchFolder.Written(path => write(path, new("m", [.. cells])));
}
