using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Dfx.EndToEnd;

/// <summary>A pack, unpacked where there is neither the checkout nor the SDK, and run with nothing but a libtorch.</summary>
[TestFixture]
internal sealed class PackTests
{
    private const long Limit = 45_000_000;

    private const string Matrix =
        """
        name: packed
        datasets: [{ dataset: fashion-mnist, with: { size: 14 } }]
        network: { channels: 8, multipliers: [1] }
        training: { steps: 4, batch: 8, precision: float32 }
        methods: [dsm]
        samplers: [heun]
        nfe: [3]
        samples: 12
        threads: 1
        metrics: [fd]
        """;

    private Desk _desk = null!;
    private string _archive = null!;
    private string _node = null!;
    private Outcome _packed = null!;

    [OneTimeSetUp]
    public void Pack()
    {
        _desk = new();
        _archive = Path.Combine(_desk.Folder, "dfx.tar.gz");
        _packed = _desk.Dfx("pack", "--out", _archive, "--data", "fashion-mnist");
        Assert.That(_packed.Code, Is.Zero, _packed.Output + _packed.Errors);
        TestContext.Progress.WriteLine(_packed.Output);

        // A folder whose name no script may trip over.
        _node = Directory.CreateDirectory(Path.Combine(_desk.Folder, "a node's home")).FullName;
        using var zip = new GZipStream(File.OpenRead(_archive), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(zip, _node, overwriteFiles: false);
    }

    [OneTimeTearDown]
    public void TearDown() => _desk.Dispose();

    [Test]
    public void It_is_small_without_data()
    {
        var data = new DirectoryInfo(Path.Combine(_node, "dfx", "data")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.That(new FileInfo(_archive).Length - data, Is.Positive.And.LessThan(Limit));
    }

    [Test]
    public void The_same_files_give_the_same_bytes_whenever_they_were_written()
    {
        var again = Path.Combine(_desk.Folder, "again.tar.gz");
        var outcome = _desk.Dfx("pack", "--out", again, "--data", "fashion-mnist");
        Assert.That(outcome.Code, Is.Zero, outcome.Errors);
        Assert.That(Hash(again), Is.EqualTo(Hash(_archive)));
    }

    [Test]
    public void Names_are_sorted_and_owners_and_times_are_nobodys()
    {
        using var zip = new GZipStream(File.OpenRead(_archive), CompressionMode.Decompress);
        using var tar = new TarReader(zip);
        var entries = new List<(string Name, int User, DateTimeOffset Time)>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add((entry.Name, entry.Uid, entry.ModificationTime));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(entries.Select(e => e.Name), Is.Ordered.Using<string>(StringComparer.Ordinal).And.All.StartsWith("dfx/"));
            Assert.That(entries.Select(e => (e.User, e.Time)).Distinct(), Is.EqualTo(new[] { (0, new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)) }));
        }
    }

    [Test]
    public void It_lists_what_it_brought_without_libtorch()
    {
        var outcome = OnNode(libtorch: null, "list", "methods");
        Assert.That(outcome.Code, Is.Zero, outcome.Errors);
        Assert.That(outcome.Output, Does.Contain("dsm").And.Contain("stf"));
    }

    [Test]
    public void It_trains_samples_and_measures_and_leaves_its_own_folder_alone()
    {
        var before = Content();
        var outcome = OnNode(Libtorch, "run", _desk.Write("packed.yaml", Matrix), "--results", _desk.Results);
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var rows = Csv.Read(Path.Combine(_desk.Results, "packed", "leaderboard.csv"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => row["status"]), Is.EqualTo(new[] { "ok" }));
            Assert.That(Content(), Is.EqualTo(before));
        }
    }

    [TestCase(null, "DFX_LIBTORCH is not set")]
    [TestCase("/nowhere", "DFX_LIBTORCH=/nowhere holds no libtorch.so")]
    public void Without_libtorch_a_run_ends_in_one_line(string? libtorch, string message)
    {
        var outcome = OnNode(libtorch, "run", _desk.Write("packed.yaml", Matrix), "--results", _desk.Results);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.EqualTo(2));
            Assert.That(outcome.Errors.TrimEnd(), Does.StartWith("dfx: " + message).And.Contain("torch/lib").And.Not.Contain('\n'));
        }
    }

    [Test]
    public void A_libtorch_that_cannot_be_loaded_is_refused_before_anything_starts()
    {
        var broken = Directory.CreateDirectory(Path.Combine(_desk.Folder, "broken")).FullName;
        File.WriteAllText(Path.Combine(broken, "libtorch.so"), "no library");
        var outcome = OnNode(broken, "run", _desk.Write("refused.yaml", Matrix.Replace("packed", "refused", StringComparison.Ordinal)), "--results", _desk.Results);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.EqualTo(2));
            Assert.That(outcome.Errors.TrimEnd(), Does.StartWith("dfx: --device cpu: libtorch in " + broken + " cannot be loaded").And.Not.Contain('\n'));
            Assert.That(Path.Combine(_desk.Results, "refused", "manifest.json"), Does.Not.Exist);
        }
    }

    [Test]
    public void It_finds_itself_through_a_link()
    {
        var link = Path.Combine(_desk.Folder, "linked");
        File.CreateSymbolicLink(link, Path.Combine(_node, "dfx", "dfx"));
        Assert.That(Run(link, "/usr/bin:/bin", null, "list", "samplers").Output, Does.Contain("heun"));
    }

    [TestCase("no-such-data", "there is no dataset and no file of weights 'no-such-data'")]
    [TestCase("fashion-mnits", "Did you mean 'fashion-mnist'?")]
    [TestCase("imagenet512", "--data imagenet512: it is not on this machine")]
    public void Data_that_are_not_there_are_named(string id, string message)
    {
        var outcome = _desk.Dfx("pack", "--out", Path.Combine(_desk.Folder, "none.tar.gz"), "--data", id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.EqualTo(2));
            Assert.That(outcome.Errors, Does.Contain(message));
            Assert.That(Path.Combine(_desk.Folder, "none.tar.gz"), Does.Not.Exist);
        }
    }

    private static string Libtorch => Environment.GetEnvironmentVariable("DFX_LIBTORCH") is { Length: > 0 } chosen ? chosen : Path.Combine(Desk.Root, "artifacts", "libtorch");

    // No program is found on this path, and so no dotnet.
    private Outcome OnNode(string? libtorch, params ReadOnlySpan<string> arguments) => Run(Path.Combine(_node, "dfx", "dfx"), "/nowhere", libtorch, arguments);

    private Outcome Run(string launcher, string path, string? libtorch, params ReadOnlySpan<string> arguments)
    {
        var info = new ProcessStartInfo(launcher, [.. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _desk.Folder };
        info.Environment.Clear();
        info.Environment["PATH"] = path;
        info.Environment["HOME"] = _desk.Folder;
        info.Environment["DFX_CACHE"] = Path.Combine(_desk.Folder, "cache");
        if (libtorch is not null)
        {
            info.Environment["DFX_LIBTORCH"] = libtorch;
        }

        return Desk.End(Process.Start(info)!);
    }

    private List<(string, long, DateTime)> Content() =>
        [.. new DirectoryInfo(_node).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).Order()];

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
