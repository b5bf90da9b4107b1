using System.Diagnostics;
using Dfx.Data.Archives;
using Dfx.Data.Packing;

namespace Dfx.Data.Tests;

/// <summary>Folders for unfinished work that many processes make and sweep at once, and what in a folder of images is no file.</summary>
public sealed class ScratchTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef";

    private TemporaryFolder _temporary = null!;

    [SetUp]
    public void Make() => _temporary = new();

    [TearDown]
    public void Remove() => _temporary.Dispose();

    /// <summary>Locks of files count between streams of one process too, so that threads stand for processes here.</summary>
    [Test]
    public void Many_at_once_never_trip_over_each_other()
    {
        var root = _temporary.Folder("data");
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        Threads(8, thread =>
        {
            for (var i = 0; i < 60; i++)
            {
                try
                {
                    using var scratch = Scratch.In(root);
                    File.WriteAllText(scratch.File("mine"), $"{thread} {i}");
                    Thread.SpinWait(2000);
                    Assert.That(File.ReadAllText(scratch.File("mine")), Is.EqualTo($"{thread} {i}"));
                }
                catch (Exception e)
                {
                    failures.Add($"{e.GetType().Name}: {e.Message}");
                }
            }
        });
        Assert.That(failures, Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(root), Is.Empty, "nothing is left");
    }

    [Test]
    public void What_killed_processes_left_goes_and_what_is_at_work_stays()
    {
        var root = _temporary.Folder("data");
        using var other = Scratch.In(root);
        var dead = _temporary.Folder("data/.scratch-dead");
        File.WriteAllText(Path.Combine(dead, "lock"), "");
        var made = _temporary.Folder("data/.scratch-just-made");
        var draft = Path.Combine(root, $".x.idx.{Digits}.tmp");
        File.WriteAllText(draft, "half");
        File.SetLastWriteTimeUtc(draft, DateTime.UnixEpoch);

        using (Scratch.In(root))
        {
            Assert.That((Directory.Exists(dead), File.Exists(draft)), Is.EqualTo((false, false)));
            Assert.That((Directory.Exists(other.Folder), Directory.Exists(made)), Is.EqualTo((true, true)), "one is locked, the other may be just before it");
        }
    }

    [Test]
    public void Only_regular_files_of_a_folder_are_read()
    {
        var folder = _temporary.Folder("images");
        File.WriteAllText(Path.Combine(folder, "a.png"), "a");
        File.CreateSymbolicLink(Path.Combine(folder, "b.png"), Path.Combine(folder, "a.png"));
        File.CreateSymbolicLink(Path.Combine(folder, "zero.png"), "/dev/zero");
        using (var process = Process.Start("mkfifo", [Path.Combine(folder, "x.png")])!)
        {
            process.WaitForExit();
        }

        var walk = new FolderWalk(folder);

        Assert.That(walk.Names, Is.EqualTo(new[] { "a.png", "b.png" }));
        Assert.That(walk.LeftOut.Select(left => left.ToString()), Is.EqualTo(new[]
        {
            "2 items were left out: x.png, zero.png (named pipes, sockets and devices: only regular files are read)",
        }));
    }

    private static void Threads(int count, Action<int> work)
    {
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() => work(i))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }
}
