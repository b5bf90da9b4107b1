using System.Diagnostics;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Drafts of writes that were cut off go; those of others, and whatever else is there, stay.</summary>
public sealed class LeftoversTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef";

    [Test]
    public void What_a_killed_write_left_goes_and_nothing_else()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["below"]);
        Directory.CreateDirectory(folder["theirs"]);
        Directory.CreateSymbolicLink(folder["behind"], folder["theirs"]);
        string[] old = [$".a.npz.{Digits}.tmp", $"below/.b.{Digits}.tmp", $"theirs/.c.{Digits}.tmp", $".a.{Digits[1..]}.tmp", ".mine.tmp", $"a.{Digits}.tmp", "a.npz"];
        foreach (var name in old)
        {
            File.SetLastWriteTimeUtc(folder.Write(name, [1]), new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        File.SetLastWriteTimeUtc(folder.Write($".future.{Digits}.tmp", [1]), new(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        folder.Write($".young.{Digits}.tmp", [1]);
        var held = folder.Write($".held.{Digits}.tmp", [1]);
        using var writer = new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        File.SetLastWriteTimeUtc(held, DateTime.UnixEpoch);

        Assert.That(Leftovers.Sweep(folder.Root), Is.EqualTo(2), "beside");
        Assert.That(File.Exists(folder[$"below/.b.{Digits}.tmp"]));
        Assert.That(Leftovers.Sweep(folder.Root, below: true), Is.EqualTo(2), "below");
        Assert.That(Names(folder), Is.EquivalentTo(new[] { $".young.{Digits}.tmp", $".held.{Digits}.tmp", $".a.{Digits[1..]}.tmp", ".mine.tmp", $"a.{Digits}.tmp", "a.npz" }));
        Assert.That(Leftovers.Sweep(folder["nowhere"]), Is.Zero);
    }

    /// <summary>The names that are swept are those that a write has while it lasts.</summary>
    [Test]
    public void A_draft_is_known_by_its_name()
    {
        using var folder = new TestFolder();
        var draft = "";
        AtomicFile.Write(folder["x.bin"], stream => draft = Path.GetFileName(stream.Name));
        Assert.That(Leftovers.IsDraft(draft), draft);
        Assert.That(Leftovers.IsDraft("x.bin"), Is.False);
    }

    [Test]
    public void A_link_with_the_name_of_a_draft_stays_and_so_does_a_pipe()
    {
        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder[$".l.{Digits}.tmp"], folder.Write("theirs", [1]));
        using var process = Process.Start("mkfifo", [folder[$".p.{Digits}.tmp"]])!;
        process.WaitForExit();
        File.SetLastWriteTimeUtc(folder[$".p.{Digits}.tmp"], DateTime.UnixEpoch);
        Assert.That(Leftovers.Sweep(folder.Root, below: true), Is.Zero);
        Assert.That(File.Exists(folder["theirs"]));
    }

    private static IEnumerable<string> Names(TestFolder folder) => Directory.EnumerateFiles(folder.Root).Select(path => Path.GetFileName(path)!);
}
