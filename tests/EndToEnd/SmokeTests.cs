namespace Dfx.EndToEnd;

/// <summary>The matrix of the README, as a user runs it: real data, real training, real metrics.</summary>
[TestFixture]
internal sealed class SmokeTests
{
    // What uniform noise scores against Fashion-MNIST; see docs/metrics.md.
    private const double Noise = 20;

    [Test]
    public void The_smoke_matrix_trains_samples_and_measures()
    {
        using var desk = new Desk().With("Dfx.Baselines");
        var outcome = desk.Run(Path.Combine(Desk.Root, "matrices", "smoke.yaml"));
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var rows = Csv.Read(Path.Combine(desk.Results, "smoke", "leaderboard.csv"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Count.EqualTo(8));
            Assert.That(rows.Select(row => row["status"]), Is.All.EqualTo("ok"));
            Assert.That(rows.Select(row => row["nfe-used"]), Is.EqualTo(rows.Select(row => row["nfe"])));
            Assert.That(rows.Where(row => row["nfe"] == "15").Select(row => row.Number("fd-fmnist-cnn-mean")), Is.All.LessThan(Noise));
            Assert.That(rows.Select(row => row.Number("time-per-image")), Is.All.Positive);
            Assert.That(Grids(desk), Has.Count.EqualTo(8).And.All.GreaterThan(10_000));
            Assert.That(File.ReadAllText(Path.Combine(desk.Results, "smoke", "report.html")), Does.Contain("fd-fmnist-cnn against NFE"));
            Assert.That(Pictures(desk), Does.Contain("nfe-fd-fmnist-cnn_fashion-mnist_generate.png").And.Contain("samples-fashion-mnist_generate_heun.pdf"));
            Assert.That(outcome.Output, Does.Contain("report.html"));
            foreach (var (few, many) in Pairs(rows))
            {
                Assert.That(many, Is.LessThan(few), "FD falls with NFE");
            }
        }
    }

    private static List<long> Grids(Desk desk) =>
        [.. new DirectoryInfo(desk.Results).EnumerateFiles("grid.png", SearchOption.AllDirectories).Select(file => file.Length)];

    private static IEnumerable<string> Pictures(Desk desk) =>
        Directory.EnumerateFiles(Path.Combine(desk.Results, "smoke", "figures")).Select(path => Path.GetFileName(path));

    private static IEnumerable<(double Few, double Many)> Pairs(IReadOnlyList<IReadOnlyDictionary<string, string>> rows) => rows
        .GroupBy(row => (row["method"], row["sampler"]))
        .Select(group => (Fd(group, "5"), Fd(group, "15")));

    private static double Fd(IEnumerable<IReadOnlyDictionary<string, string>> rows, string nfe) =>
        rows.Single(row => row["nfe"] == nfe).Number("fd-fmnist-cnn-mean");
}
