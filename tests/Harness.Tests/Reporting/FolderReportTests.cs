using System.Globalization;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Store;
using Dfx.Harness.Store.Merging;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Whole results folders, from records on disk: reports, stale and unreadable records, and merging.</summary>
public sealed class FolderReportTests
{
    [Test]
    public void The_order_of_the_manifest_means_nothing([Range(1, 3)] int seed)
    {
        using var scratch = new ScratchFolder();
        var jobs = Fill(new(scratch.At("a")), 40);
        Fill(new(scratch.At("b")), 40);
        var expected = Report(new(scratch.At("a")), jobs);
        new Random(seed).Shuffle(jobs);
        Assert.That(Report(new(scratch.At("b")), jobs), Is.EqualTo(expected));
        Assert.That(expected, Does.Contain("stf-2").And.Contain("stf-larger-batches").And.Contain("longtable").And.Contain("plot ").And.Contain("id=\"rows\""));
    }

    [Test]
    public void What_cannot_be_read_is_named_and_left_alone_and_the_rest_is_reported()
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.Path);
        var jobs = Fill(folder, 5);
        File.WriteAllText(folder.RecordPath(K(0)), "{ cut off");
        RecordFiles.Write(folder.RecordPath(K(1)), Record(K(1), "cell k1", 1) with { Format = 2 });
        File.Delete(folder.RecordPath(K(2)));
        RecordFiles.Write(folder, Record(K(99), jobs[2].Identity, 2));
        File.WriteAllText(folder.RecordPath(K(3)), $$"""{"format":1,"key":"{{K(3)}}","identity":"cell k3","kind":"cell","status":"ok","parts":{ } }""");
        var before = File.ReadAllText(folder.RecordPath(K(1)));
        var complaints = new List<string>();
        var cells = Results.Read(folder, Manifest(jobs), complaints.Add).Cells.ToDictionary(c => c.Key, c => c.Status);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cells[K(0)] + cells[K(1)] + cells[K(3)], Is.EqualTo("unreadableunreadableunreadable"));
            Assert.That(cells[K(2)], Is.EqualTo("stale"), "only a result of another key is there");
            Assert.That(cells[K(4)], Is.EqualTo("ok"));
            Assert.That(complaints, Has.Count.EqualTo(3).And.All.Contains("is left alone"));
            Assert.That(File.ReadAllText(folder.RecordPath(K(1))), Is.EqualTo(before));
        }
    }

    [Test]
    public void A_figures_folder_that_cannot_be_written_costs_the_pictures_alone()
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.Path);
        var jobs = Fill(folder, 10);
        File.WriteAllText(folder.Figures, "of a person");
        List<string> complaints = [];
        Reports.Write(folder, Manifest(jobs), complaints.Add);
        Assert.That(complaints, Has.Count.EqualTo(1).And.All.StartsWith($"{folder.Figures} cannot be written"));
        Assert.That((File.ReadAllText(folder.Figures), File.Exists(folder.PagePath), File.Exists(folder.LeaderboardPath)), Is.EqualTo(("of a person", true, true)));
    }

    [Test]
    public void Jobs_that_need_each_other_in_a_circle_are_missing()
    {
        using var scratch = new ScratchFolder();
        var cell = new ManifestJob(K(0), "cell", "cell", [K(1)], TestCells.Fd("m", 0, 0).Axes);
        var results = Results.Read(new(scratch.Path), Manifest([cell, new(K(1), "train", "t", [K(2), K(1)]), new(K(2), "train", "u", [K(1), K(0)])]), problem => Assert.Fail(problem));
        Assert.That(results.Cells.Single().Status, Is.EqualTo("missing"));
    }

    [TestCase("a,b\n1,2\n3\n", null, "line 3 has 1 fields, the header has 2")]
    [TestCase("a,b\n1,2\n3,4,5\n", null, "line 3 has 3 fields, the header has 2")]
    [TestCase("a,b\n1,\"2\n3,4\n", null, "a quote that does not end")]
    [TestCase("", null, "it is empty")]
    [TestCase("a,b\n1,2\n", "0123456789abcdef", "its bytes are not those that were written")]
    public void A_damaged_table_of_an_analysis_is_named_and_costs_itself_alone(string text, string? checksum, string why)
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.Path);
        ManifestJob[] jobs = [.. Fill(folder, 2), new(K(50), "analyse", "analysis", [], new Dictionary<string, string> { ["analysis"] = "levels" })];
        RecordFiles.Write(folder, TestRecordOf(K(50), Status.Ok) with { Kind = "analyse", Checksums = checksum is null ? null : new Dictionary<string, string> { ["table.csv"] = checksum } });
        scratch.Write($"artifacts/{K(50)}/table.csv", text);
        List<string> complaints = [];
        var results = Results.Read(folder, Manifest(jobs), complaints.Add);
        Assert.That(results.Cells.Select(cell => cell.Status), Is.All.EqualTo("ok"));
        Assert.That((results.Analyses.Single().Status, results.Analyses.Single().Rows.Count), Is.EqualTo(("unreadable", 0)));
        Assert.That(complaints, Has.Count.EqualTo(1));
        Assert.That(complaints[0], Does.Contain($"artifacts/{K(50)}/table.csv cannot be read (").And.Contain(why).And.Contain("run the matrix again"));
    }

    [Test]
    public void A_manifest_of_an_earlier_host_has_reports_too()
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.Path);
        var axes = string.Join(",", Fill(folder, 1)[0].Axes!.Where(a => a.Key != "network").Select(a => $"\"{a.Key}\":\"{a.Value}\""));
        scratch.Write("manifest.json", $$"""{"format":1,"matrix":"m","source":"","environment":{},"plugins":{},"jobs":[{"key":"{{K(0)}}","kind":"cell","identity":"cell k0","needs":[],"axes":{ {{axes}} } } ] }""");
        Assert.That(Report(folder, folder.ReadManifest()!), Does.Contain("m0").And.Contain("nothing of it has been measured"));
    }

    [Test]
    public void Merging_joins_and_reports_conflicts()
    {
        using var scratch = new ScratchFolder();
        var (a, b, all) = (new ResultsFolder(scratch.At("a")), new ResultsFolder(scratch.At("b")), new ResultsFolder(scratch.At("all")));
        var jobs = Fill(a, 4);
        Fill(b, 8);
        RecordFiles.Write(b, Record(K(1), "cell k1", 99));
        RecordFiles.Write(b, Record(K(2), "cell k2", 2) with { Timing = new() { Seconds = 5 } });
        RecordFiles.Write(a, TestRecordOf(K(3), Status.Timeout));
        Directory.CreateDirectory(b.ArtifactsOf(K(5)));
        File.WriteAllText(Path.Combine(b.ArtifactsOf(K(5)), "grid.png"), "pixels");
        var theirs = Fill(b, 8, write: false);
        theirs[0] = theirs[0] with { Key = K(100) };
        all.Create();
        var conflicts = Merger.Merge(all, [(a, Manifest(jobs)), (b, Manifest(theirs))], _ => { });
        var merged = Results.Read(all, all.ReadManifest()!, _ => { });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(conflicts, Has.Count.EqualTo(2));
            Assert.That(conflicts[0], Does.Contain("cell k1 has another outcome").And.Contain("conflicts"));
            Assert.That(conflicts[1], Does.Contain("cell k0 has another key"));
            Assert.That(merged.Cells, Has.Count.EqualTo(8));
            Assert.That(merged.Cells.Select(c => c.Status), Is.All.EqualTo("ok"), "a final record takes the place of a failed one");
            Assert.That(merged.Cells.Single(c => c.Key == K(1)).Outcome!.Metrics[0].Value, Is.EqualTo(1), "the first counts");
            Assert.That(File.ReadAllText(Path.Combine(all.ArtifactsOf(K(5)), "grid.png")), Is.EqualTo("pixels"));
            Assert.That(Directory.EnumerateFiles(all.Conflicts).Count(), Is.EqualTo(1));
        }
    }

    /// <summary>How long that takes is measured by <c>./dfx bench report</c>.</summary>
    [Test]
    [Category("Slow")]
    public void A_hundred_thousand_cells_are_reported_and_the_text_is_cut()
    {
        var random = new Random(1);
        var cells = from method in Enumerable.Range(0, 100)
                    from sampler in Enumerable.Range(0, 20)
                    from nfe in Enumerable.Range(1, 10)
                    from seed in Enumerable.Range(0, 5)
                    select TestCells.Of(
                        $"m{method}", seed, [TestCells.Metric("fd", random.NextDouble()), TestCells.Metric("kd", random.NextDouble())],
                        ("sampler", $"s{sampler}"), ("nfe", (nfe * 5).ToString(CultureInfo.InvariantCulture)));
        var results = TestCells.Results(cells) with { Baseline = "m0" };
        using var scratch = new ScratchFolder();
        Reports.Write(new(scratch.Path), results, DefinitionSet.None, problem => Assert.Fail(problem));
        Assert.That(results.Cells, Has.Count.EqualTo(100_000));
        Assert.That(File.ReadAllText(scratch.At("leaderboard.md")), Does.Contain("Only the first 2000 of 20000 rows are shown"));
    }

    private static string Report(ResultsFolder folder, ManifestJob[] jobs) => Report(folder, Manifest(jobs));

    private static string Report(ResultsFolder folder, Manifest manifest)
    {
        DefinitionFiles.Copy([("Stf", Path.Combine(Repository.Root, "plugins", "Stf"))], [Path.Combine(Repository.Root, "baselines")], folder.Definitions);
        Reports.Write(folder, manifest, problem => Assert.Fail(problem));
        var figures = Directory.CreateDirectory(folder.Figures).EnumerateFiles().Select(file => file.FullName).Where(path => Path.GetExtension(path) is ".csv" or ".svg" or ".json").Order(StringComparer.Ordinal);
        return string.Join('\n', Reports.Files(folder).Concat(figures).Select(path => $"{Path.GetFileName(path)}\n{File.ReadAllText(path)}"));
    }

    private static ManifestJob[] Fill(ResultsFolder folder, int count, bool write = true)
    {
        folder.Create();
        ManifestJob[] jobs = [.. Enumerable.Range(0, count).Select(i => new ManifestJob(K(i), "cell", $"cell k{i}", [], TestCells.Fd($"m{i % 5}", i / 5, 0).Axes))];
        foreach (var (job, i) in write ? jobs.Select((job, i) => (job, i)) : [])
        {
            RecordFiles.Write(folder, Record(job.Key, job.Identity, i));
        }

        return jobs;
    }

    private static JobRecord Record(string key, string identity, double value) =>
        TestRecordOf(key, Status.Ok) with { Identity = identity, Outcome = new() { NfeUsed = 5, Metrics = [TestCells.Metric("fd", value)] } };

    private static string K(int i) => Store.TestRecords.Key($"k{i}");

    private static JobRecord TestRecordOf(string key, Status status) => Store.TestRecords.Record(key, status) with { Kind = "cell", Identity = "cell " + key };

    private static Manifest Manifest(ManifestJob[] jobs) => new()
    {
        Matrix = "m",
        Source = "",
        Baseline = "m0",
        Environment = new Dictionary<string, string>(),
        Plugins = new Dictionary<string, string>(),
        Jobs = jobs,
    };
}
