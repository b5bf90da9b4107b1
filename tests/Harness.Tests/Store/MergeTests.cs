using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Store.Merging;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Reporting;

namespace Dfx.Harness.Tests.Store;

/// <summary>Results of one key that came about under other names, or of which other files were kept.</summary>
public sealed class MergeTests
{
    private ScratchFolder _scratch = null!;
    private ResultsFolder _merged = null!;

    [SetUp]
    public void Make()
    {
        _scratch = new();
        _merged = Folder("merged/x");
    }

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void A_label_is_no_part_of_an_outcome()
    {
        Assert.That(Merged(Cell("cell | dsm | heun", 1), Cell("cell | other name | heun", 1)), Is.Empty);
        Assert.That(RecordFiles.Read(_merged, "k")!.Identity, Is.EqualTo("cell | dsm | heun"), "the first counts");
    }

    [Test]
    public void Another_number_is_another_outcome()
    {
        var conflicts = Merged(Cell("cell | dsm | heun", 1), Cell("cell | other name | heun", 2));
        Assert.That(conflicts, Has.Count.EqualTo(1).And.All.Contains("has another outcome"));
    }

    // keep-samples and keep-features are no part of a key.
    [TestCase(false)]
    [TestCase(true)]
    public void What_was_kept_is_no_part_of_an_outcome(bool keptFirst)
    {
        var (plain, kept) = (Cell("a", 1), Cell("b", 1, "samples.npz", "features.npz"));
        Assert.That(keptFirst ? Merged(kept, plain) : Merged(plain, kept), Is.Empty);
        var record = RecordFiles.Read(_merged, "k")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Outcome.Files, Is.EqualTo(new[] { "samples.npz", "features.npz" }));
            Assert.That(record.Identity, Is.EqualTo(keptFirst ? "b" : "a"));
            Assert.That(File.ReadAllText(Path.Combine(_merged.ArtifactsOf("k"), "samples.npz")), Is.EqualTo("samples.npz"));
        }
    }

    [Test]
    public void What_is_taken_over_bears_the_labels_of_the_matrix_that_takes_it()
    {
        var (there, here) = (Folder("results/there"), Folder("results/here"));
        Put(there, Cell("cell | old name", 1));
        var job = TestRecords.Job("k", JobKind.Cell) with { Identity = "cell | new name" };
        Assert.That(new Reuse(here, ReuseFrom.Own, _ => { }).Of([new(job, Standing.Missing, [], null)]), Is.EqualTo(1));
        Assert.That(RecordFiles.Read(here, "k")!.Identity, Is.EqualTo("cell | new name"));
    }

    private IReadOnlyList<string> Merged(params ReadOnlySpan<JobRecord> records)
    {
        List<(ResultsFolder, Manifest)> sources = [];
        foreach (var record in records)
        {
            var folder = Folder($"{sources.Count}/x");
            Put(folder, record);
            sources.Add((folder, new()
            {
                Matrix = "x",
                Source = "",
                Environment = new Dictionary<string, string>(),
                Plugins = new Dictionary<string, string>(),
                Jobs = [new("k", "cell", record.Identity, [], TestCells.Fd(record.Identity, 0, 0).Axes)],
            }));
        }

        return Merger.Merge(_merged, sources, complaint => Assert.Fail(complaint));
    }

    private ResultsFolder Folder(string name)
    {
        var folder = new ResultsFolder(_scratch.At(name));
        folder.Create();
        return folder;
    }

    private static void Put(ResultsFolder folder, JobRecord record)
    {
        folder.MakeArtifacts(record.Key);
        foreach (var file in record.Outcome.Files)
        {
            File.WriteAllText(Path.Combine(folder.ArtifactsOf(record.Key), file), file);
        }

        RecordFiles.Write(folder, record);
    }

    private static JobRecord Cell(string identity, double fd, params string[] files) => TestRecords.Record("k") with
    {
        Kind = "cell",
        Identity = identity,
        Outcome = new() { NfeUsed = 5, Metrics = [TestCells.Metric("fd", fd)], Files = files },
    };
}
