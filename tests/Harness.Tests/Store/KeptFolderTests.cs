using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Store;

/// <summary>What processes that were killed left in the cache, the data folder and results goes at the next command that works there.</summary>
public sealed class KeptFolderTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef";

    [Test]
    public void Unfinished_files_go_from_cache_and_data()
    {
        using var scratch = new ScratchFolder();
        string[] gone = ["metrics/a", "metrics/deep/b", "training/c", "data/d", "data/packed/e", "data/weights/f"];
        string[] kept = ["metrics/whole.safetensors", "data/packed/whole.safetensors", $"elsewhere/.g.{Digits}.tmp", $"data/theirs/.h.{Digits}.tmp.png", "work/.scratch-new/x"];
        foreach (var name in gone)
        {
            var path = scratch.Write(Path.Combine(Path.GetDirectoryName(name)!, $".{Path.GetFileName(name)}.{Digits}.tmp"), "half");
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }

        foreach (var name in kept)
        {
            File.SetLastWriteTimeUtc(scratch.Write(name, "theirs"), DateTime.UnixEpoch);
        }

        scratch.Write("work/.scratch-dead/lock", "");
        scratch.Write("work/.scratch-dead/files/checkpoint", "half");

        KeptFolders.Sweep(scratch.Path);

        Assert.That(Files(scratch), Is.EquivalentTo(kept));
    }

    [Test]
    public void Drafts_of_reports_go_with_the_next_report()
    {
        using var scratch = new ScratchFolder();
        foreach (var name in (string[])["", "figures/", "tables/", "artifacts/k/"])
        {
            File.SetLastWriteTimeUtc(scratch.Write($"{name}.x.svg.{Digits}.tmp", "half"), DateTime.UnixEpoch);
        }

        new ResultsFolder(scratch.Path).SweepReports();

        Assert.That(Files(scratch), Is.EqualTo(new[] { $"artifacts/k/.x.svg.{Digits}.tmp" }), "that one is a job's: the next run removes it");
    }

    private static IEnumerable<string> Files(ScratchFolder scratch) =>
        Directory.EnumerateFiles(scratch.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(scratch.Path, path));
}
