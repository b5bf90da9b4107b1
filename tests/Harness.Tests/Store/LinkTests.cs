using Dfx.Harness.Commands;
using Dfx.Harness.Planning;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Store;
using Dfx.Harness.Store.Merging;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Reporting;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Tests.Store;

/// <summary>What lies behind a link in a results folder is somebody else's.</summary>
public sealed class LinkTests
{
    /// <summary>Folders that a user may move to another disk.</summary>
    private static readonly string[] s_movable = ["records", "logs", "artifacts"];

    private static readonly string[] s_folders =
    [
        "figures", "tables", "definitions", "conflicts", "export", "definitions/Stf", "definitions/Stf/tables", "definitions/notes", "artifacts/k0", "artifacts/k1/old",
        "figures/old", "records/old", "logs/old", "other", ".x.tmp", "export/k0", "export/k0/images",
    ];

    private static readonly string[] s_files =
    [
        ".lock", "running.json", "manifest.json", "cells.csv", "leaderboard.csv", "leaderboard.md", "leaderboard.tex", "claims.csv", "report.html", "records/k0.json",
        "records/k1.json", "records/k9.json.damaged", "logs/k0.log", "artifacts/k0/samples.npz", "artifacts/k1/samples.npz", "tables/stf-1.csv", "tables/stf-2.md",
        "figures/old.svg", "figures/old.vl.json", ".writable", ".cells.csv.1.tmp", "artifacts/.y.tmp", "artifacts/k1/.z.tmp", "definitions/Stf/claims.yaml", "definitions/notes.txt",
        "export/k0/samples.npz", "export/k0/cell.json", "export/k0/features.npz", "export/k0/images/000000.png",
    ];

    /// <summary>A random tree of links, and everything that Dfx does to a folder of results.</summary>
    [Test]
    public void A_file_outside_never_changes([Range(0, 19)] int seed)
    {
        using var scratch = new ScratchFolder();
        var random = new Random(seed);
        var (theirs, disk) = (Outside(scratch, "theirs"), Outside(scratch, "disk"));
        var folder = new ResultsFolder(scratch.At("results/m"));
        var moved = Tree(folder, scratch, random);
        var before = (Theirs: Everything(theirs), Disk: Everything(disk));

        var done = Steps(folder, scratch).Count(Tried);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Everything(theirs), Is.EqualTo(before.Theirs), string.Join('\n', Links(folder.Root)));
            Assert.That(Everything(disk).Where(file => before.Disk.Exists(known => known.Path == file.Path)), Is.EqualTo(before.Disk));
            Assert.That(moved.Count == 0 || done > 0, Is.True, "a folder on another disk works");
        }
    }

    [Test]
    public void Folders_on_another_disk_work_and_are_not_swept()
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.At("results/m"));
        Directory.CreateDirectory(folder.Root);
        foreach (var name in s_movable)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.Root, name), Directory.CreateDirectory(scratch.At("disk/" + name)).FullName);
            scratch.Write($"disk/{name}/.theirs.tmp", "not mine");
        }

        folder.Create();
        scratch.Write("results/m/.mine.tmp", "mine");
        folder.Sweep();
        RecordFiles.Write(folder, TestRecords.Record("k"));
        File.WriteAllText(Path.Combine(folder.MakeArtifacts("k"), "file"), "content");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.Exists(scratch.At("disk/records/k.json")), Is.True);
            Assert.That(File.ReadAllText(scratch.At("disk/artifacts/k/file")), Is.EqualTo("content"));
            Assert.That(RecordFiles.Read(folder, "k"), Is.Not.Null);
            Assert.That(s_movable.Select(name => File.Exists(scratch.At($"disk/{name}/.theirs.tmp"))), Is.All.True);
            Assert.That(File.Exists(Path.Combine(folder.Root, ".mine.tmp")), Is.False);
        }
    }

    [Test]
    public void A_link_where_Dfx_writes_is_named_and_the_rest_is_reported()
    {
        using var scratch = new ScratchFolder();
        var folder = new ResultsFolder(scratch.At("results/m"));
        folder.Create();
        scratch.Write("theirs/plot.svg", "theirs");
        Directory.CreateSymbolicLink(folder.Figures, scratch.At("theirs/x")[..^2]);
        List<string> complaints = [];
        var manifest = Manifest(folder);
        RecordFiles.Write(folder, Record("k0"));
        Reports.Write(folder, manifest, complaints.Add);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(complaints, Has.Count.EqualTo(1).And.All.Contains($"{folder.Figures} is a link to").And.All.Contains("remove the link"));
            Assert.That(File.Exists(folder.PagePath) && File.Exists(folder.LeaderboardPath), Is.True);
            Assert.That(Directory.EnumerateFiles(scratch.At("theirs/x")[..^2]).Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void Files_that_a_record_names_outside_of_its_job_are_not_copied()
    {
        using var scratch = new ScratchFolder();
        var (there, here) = (new ResultsFolder(scratch.At("results/there")), new ResultsFolder(scratch.At("results/here")));
        there.Create();
        here.Create();
        scratch.Write("results/there/precious", "theirs");
        there.MakeArtifacts("k");
        RecordFiles.Write(there, TestRecords.Record("k") with { Outcome = new() { Files = ["../../precious"] } });
        Assert.That(new Reuse(here, ReuseFrom.Own, _ => { }).Of([new(TestRecords.Job("k"), Standing.Missing, [], null)]), Is.Zero);
        Assert.That(File.Exists(scratch.At("results/here/precious")), Is.False);
    }

    private static bool Tried(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException or TensorFileException)
        {
            return false;
        }
    }

    private static IEnumerable<Action> Steps(ResultsFolder folder, ScratchFolder scratch)
    {
        var manifest = Manifest(folder);
        yield return folder.Create;
        yield return () => RunLock.Take(folder).Dispose();
        yield return folder.Sweep;
        yield return () => new Reuse(folder, ReuseFrom.Own, _ => { }).Of([new(TestRecords.Job("k2"), Standing.Missing, [], null)]);
        yield return () => folder.WriteManifest(manifest);
        yield return () => DefinitionFiles.Copy([("Stf", Path.Combine(Repository.Root, "plugins", "Stf"))], [], folder.Definitions);
        yield return () => DefinitionFiles.Copy([], [], folder.Definitions);
        foreach (var key in (string[])["k0", "k1"])
        {
            yield return () => RecordFiles.Write(folder, Record(key));
            yield return () => SaveSamples(folder.MakeArtifacts(key));
        }

        yield return () => Reports.Write(folder, manifest, _ => { });
        yield return () => ExportCommand.Run(folder, "k0", null, false, TextWriter.Null);
        yield return () =>
        {
            var all = new ResultsFolder(scratch.At("merged/m"));
            all.Create();
            Merger.Merge(all, [(folder, manifest)], _ => { });
            Assert.That(Everything(all.Root).Where(file => file.Text.Contains("theirs", StringComparison.Ordinal)).Select(file => file.Path), Is.Empty, "nothing is copied from behind a link");
        };
    }

    private static void SaveSamples(string folder)
    {
        using var samples = torch.zeros([2, 1, 4, 4], dtype: torch.uint8);
        Npz.Save(Path.Combine(folder, "samples.npz"), [new("samples", samples)]);
    }

    private static JobRecord Record(string key) => TestRecords.Record(key) with
    {
        Kind = "cell",
        Identity = "cell " + key,
        Outcome = new() { NfeUsed = 5, Metrics = [TestCells.Metric("fd", 1)], Files = ["samples.npz"] },
    };

    private static Manifest Manifest(ResultsFolder folder) => new()
    {
        Matrix = Path.GetFileName(folder.Root),
        Source = "",
        Environment = new Dictionary<string, string>(),
        Plugins = new Dictionary<string, string>(),
        Jobs = [.. Enumerable.Range(0, 2).Select(i => new ManifestJob($"k{i}", "cell", $"cell k{i}", [], TestCells.Fd($"m{i}", 0, 0).Axes))],
    };

    /// <summary>Some folders moved to another disk on purpose, other folders and files links to what is not Dfx's. The first kind's names.</summary>
    private static List<string> Tree(ResultsFolder folder, ScratchFolder scratch, Random random)
    {
        Directory.CreateDirectory(folder.Root);
        var moved = s_movable.Where(_ => random.Next(3) == 0).ToList();
        moved.ForEach(name => Directory.CreateSymbolicLink(Path.Combine(folder.Root, name), scratch.At($"disk/{name}/x")[..^2]));
        foreach (var (name, target) in s_folders.Select(name => (name, "theirs/sub")).Concat(s_files.Select(name => (name, random.Next(3) == 0 ? "theirs/new" : "theirs/file.csv"))))
        {
            var path = Path.Combine(folder.Root, name);
            var parent = Path.GetDirectoryName(path)!;
            if (random.Next(4) == 0 && !Path.Exists(path) && new FileInfo(path).LinkTarget is null && IsInside(folder.Root, parent))
            {
                Directory.CreateDirectory(parent);
                File.CreateSymbolicLink(path, Path.Combine(scratch.Path, target));
            }
        }

        return moved;
    }

    /// <summary>Whether no folder on the way is a link already.</summary>
    private static bool IsInside(string root, string folder) =>
        folder == root || (new FileInfo(folder).LinkTarget is null && IsInside(root, Path.GetDirectoryName(folder)!));

    private static string Outside(ScratchFolder scratch, string name)
    {
        foreach (var file in (string[])["file.csv", ".a.tmp", "sub/b.json", "sub/.c.tmp", "sub/old.vl.json", "sub/old.svg", "sub/samples.npz", "sub/claims.yaml", "sub/000000.png"])
        {
            scratch.Write($"{name}/{file}", $"{name} {file}");
        }

        return Path.Combine(scratch.Path, name);
    }

    private static List<(string Path, string Text)> Everything(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllText(path)))];

    private static IEnumerable<string> Links(string root) =>
        new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.TopDirectoryOnly).Select(entry => $"{entry.Name} -> {entry.LinkTarget}");
}
