using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Store;

/// <summary>The files of a results folder.</summary>
internal sealed class StoreTests
{
    private ScratchFolder _scratch = null!;
    private ResultsFolder _folder = null!;
    private List<string> _complaints = null!;

    [SetUp]
    public void Make()
    {
        _scratch = new();
        _folder = new(_scratch.At("results/here"));
        _folder.Create();
        _complaints = [];
    }

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void Every_field_of_a_record_comes_back()
    {
        var record = TestRecords.Record("k", Status.NotApplicable) with
        {
            Message = "why: \"ä\" \u0007 \n line",
            Log = "logs/k.log",
            Outcome = new()
            {
                NfeUsed = 4.5,
                NfeAuxiliary = 0.1,
                NfeCorrection = 1,
                StoppedAt = 3,
                Parameters = 1L << 40,
                Files = ["a", "b"],
                Metrics = [new("fd", 0.1 + 0.2, 1e-300, Direction.Higher, "abcd", new Dictionary<string, string> { ["Layer-X"] = "y" }) { Low = -0.5, High = 2 }],
                Unavailable = new Dictionary<string, string> { ["kid"] = "too few" },
            },
            Checksums = new Dictionary<string, string> { ["table.csv"] = "0123" },
            Timing = new()
            {
                Device = "cpu",
                Seconds = 1.5,
                Checkpoints = [1, 2.5],
                TrainSeconds = 3,
                LoadSeconds = 4,
                WarmUpSeconds = 5,
                SecondsPerImage = 6,
                SecondsPerImageIqr = 7,
                LatencySeconds = 8,
                MetricSeconds = 9,
                PeakBytes = 10,
                Ended = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
            },
        };
        RecordFiles.Write(_folder, record);
        var first = File.ReadAllText(_folder.RecordPath("k"));
        var read = RecordFiles.Read(_folder, "k", _complaints.Add)!;
        RecordFiles.Write(_folder, read);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(_folder.RecordPath("k")), Is.EqualTo(first));
            Assert.That(first, Does.Contain("\"status\": \"not-applicable\"").And.Contain("\"Layer-X\": \"y\"").And.Contain("\"nfe-used\": 4.5").And.Not.Contain("\r"));
            Assert.That(read.Message, Is.EqualTo(record.Message));
            Assert.That(read.Timing with { Checkpoints = null }, Is.EqualTo(record.Timing with { Checkpoints = null }));
            Assert.That(read.Timing.Checkpoints, Is.EqualTo(record.Timing.Checkpoints));
            Assert.That(read.Outcome.Metrics[0] with { Details = record.Parts }, Is.EqualTo(record.Outcome.Metrics[0] with { Details = record.Parts }));
            Assert.That(read.Outcome.Unavailable, Is.EqualTo(record.Outcome.Unavailable));
            Assert.That(read.Parts, Is.EqualTo(record.Parts));
            Assert.That(read.Checksums, Is.EqualTo(record.Checksums));
            Assert.That(_complaints, Is.Empty);
        }
    }

    [Test]
    public void A_status_is_kebab_case_and_read_back([Values] Status status)
    {
        RecordFiles.Write(_folder, TestRecords.Record("k", status));
        Assert.That(File.ReadAllText(_folder.RecordPath("k")), Does.Contain($"\"status\": \"{StatusText.Of(status)}\""));
        Assert.That(RecordFiles.Read(_folder, "k")!.Status, Is.EqualTo(status));
        Assert.That(StatusText.Parse(StatusText.Of(status)), Is.EqualTo(status));
        Assert.That(StatusText.Of(status), Does.Match("^[a-z-]+$"));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{ \"format\": 1, \"key\": \"k\" }")]
    [TestCase("{ \"format\": 2, \"key\": \"k\", \"identity\": \"i\", \"kind\": \"cell\", \"status\": \"ok\", \"parts\": {} }")]
    [TestCase("{ \"format\": 1, \"key\": \"other\", \"identity\": \"i\", \"kind\": \"cell\", \"status\": \"ok\", \"parts\": {} }")]
    [TestCase("{ \"format\": 1, \"key\": \"k\", \"identity\": \"i\", \"kind\": \"cell\", \"status\": \"splendid\", \"parts\": {} }")]
    [TestCase("{ \"format\": 1, \"key\": \"k\", \"identity\": \"i\", \"kind\": \"cell\", \"status\": \"ok\", \"parts\": null }")]
    [TestCase("{ \"format\": 1, \"key\": \"k\", \"identity\": \"i\", \"kind\": \"cell\", \"status\": \"ok\", \"parts\": {}, \"outcome\": null }")]
    public void A_record_that_cannot_be_used_is_named_and_left_alone(string text)
    {
        var path = _folder.RecordPath("k");
        File.WriteAllText(path, text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RecordFiles.Read(_folder, "k", _complaints.Add), Is.Null);
            Assert.That(_complaints, Has.Count.EqualTo(1));
            Assert.That(_complaints[0], Does.StartWith($"{path} is left alone: "));
            Assert.That(File.ReadAllText(path), Is.EqualTo(text));
        }
    }

    /// <summary>What an earlier host wrote, without a checksum, with one thing changed.</summary>
    [TestCase("\"status\": \"ok\"", "\"status\": 7")]
    [TestCase("\"kind\": \"train\"", "\"kind\": \"trail\"")]
    [TestCase("\"identity\": \"job k\"", "\"identity\": \"\"")]
    [TestCase("\"method\": \"m\"", "\"method\": null")]
    [TestCase("\"name\"", "\"naee\"")]
    [TestCase("\"value\"", "\"valte\"")]
    [TestCase("\"details\"", "\"detaiLs\"")]
    [TestCase("\"value\": 0.5", "\"value\": 1e999")]
    [TestCase("\"low\": 0.25", "\"low\": -1e999")]
    [TestCase("\"better\": \"Higher\"", "\"better\": 9")]
    [TestCase("\"extractor\": \"made\"", "\"extractor\": null")]
    [TestCase("\"nfe-used\": 4.5", "\"nfe-used\": 1e999")]
    [TestCase("\"parameters\": 19", "\"parameters\": -19")]
    [TestCase("\"seconds\": 2", "\"seconds\": -2")]
    [TestCase("\"a.bin\"", "\"../../a.bin\"")]
    [TestCase("\"a.bin\"", "\"/etc/a.bin\"")]
    [TestCase("\"a.bin\"", "null")]
    public void A_record_that_says_what_cannot_be_is_named_and_left_alone(string right, string wrong)
    {
        RecordFiles.Write(_folder, TestRecords.Record("k") with
        {
            Outcome = new()
            {
                NfeUsed = 4.5,
                Parameters = 19,
                Metrics = [new("fd", 0.5, null, Direction.Higher, "p", new Dictionary<string, string> { ["extractor"] = "made" }) { Low = 0.25 }],
                Files = ["a.bin"],
            },
            Timing = new() { Seconds = 2 },
        });
        var path = _folder.RecordPath("k");
        var text = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(path), ",\n  \"checksum\": \"[^\"]*\"", "");
        File.WriteAllText(path, text);
        Assert.That(RecordFiles.Read(_folder, "k", _complaints.Add), Is.Not.Null, "a record without a checksum is one");
        var changed = text.Replace(right, wrong, StringComparison.Ordinal);
        Assert.That(changed, Is.Not.EqualTo(text));
        File.WriteAllText(path, changed);
        Assert.That(RecordFiles.Read(_folder, "k", _complaints.Add), Is.Null);
        Assert.That(_complaints, Has.Count.EqualTo(1).And.All.StartsWith($"{path} is left alone: it cannot be read"));
    }

    [TestCase("\"sampler\"", "\"samplet\"", "it lacks the coordinate 'sampler'")]
    [TestCase("\"kind\": \"cell\"", "\"kind\": \"sell\"", "its kind is 'sell'")]
    [TestCase("\"needs\": []", "\"needs\": [null]", "what it needs has no key")]
    [TestCase("KEY", "../../../../elsewhere", "its key '../../../../elsewhere' is no SHA-256")]
    public void A_job_of_a_manifest_that_cannot_be_used_is_named_and_left_out(string right, string wrong, string why)
    {
        ManifestJob Job(string name) => new(TestRecords.Key(name), "cell", name, [], Reporting.TestCells.Fd(name, 0, 0).Axes);
        _folder.WriteManifest(new()
        {
            Matrix = "m",
            Source = "",
            Environment = new Dictionary<string, string>(),
            Plugins = new Dictionary<string, string>(),
            Jobs = [Job("a"), Job("b")],
        });
        var text = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(_folder.ManifestPath), ",\n  \"checksum\": \"[^\"]*\"", "");
        var at = text.LastIndexOf(right = right == "KEY" ? TestRecords.Key("b") : right, StringComparison.Ordinal);
        File.WriteAllText(_folder.ManifestPath, text[..at] + wrong + text[(at + right.Length)..]);
        Assert.That(_folder.ReadManifest(_complaints.Add)!.Jobs.Select(job => job.Identity), Is.EqualTo(new[] { "a" }));
        Assert.That(_complaints, Has.Count.EqualTo(1));
        Assert.That(_complaints[0], Does.StartWith($"{_folder.ManifestPath}: the job 'b' is left out: {why}; run the matrix again"));
    }

    [Test]
    public void A_manifest_whose_bytes_changed_is_damaged()
    {
        _folder.WriteManifest(new() { Matrix = "m", Source = "a: 1\n", Environment = new Dictionary<string, string>(), Plugins = new Dictionary<string, string>(), Jobs = [] });
        File.WriteAllText(_folder.ManifestPath, File.ReadAllText(_folder.ManifestPath).Replace("a: 1", "a: 3", StringComparison.Ordinal));
        Assert.That(() => _folder.ReadManifest(), Throws.TypeOf<UsageException>().With.Message.Contain($"{_folder.ManifestPath} is damaged").And.Message.Contain("run the matrix again"));
    }

    [Test]
    public void What_an_editor_puts_behind_a_file_does_not_count()
    {
        RecordFiles.Write(_folder, TestRecords.Record("k"));
        File.AppendAllText(_folder.RecordPath("k"), "\r\n \n");
        Assert.That(RecordFiles.Read(_folder, "k", _complaints.Add), Is.Not.Null);
    }

    [Test]
    public void No_record_is_no_complaint() => Assert.That((RecordFiles.Read(_folder, "none", _complaints.Add), _complaints.Count), Is.EqualTo(((JobRecord?)null, 0)));

    [Test]
    public void A_manifest_comes_back()
    {
        Assert.That(_folder.ReadManifest(_complaints.Add), Is.Null);
        _folder.WriteManifest(new()
        {
            Matrix = "m",
            Source = "a: 1\n",
            Environment = new Dictionary<string, string> { ["x"] = "y" },
            Plugins = new Dictionary<string, string>(),
            Jobs =
            [
                new(TestRecords.Key("k"), "cell", "i", [TestRecords.Key("n")], Reporting.TestCells.Fd("m", 0, 0).Axes, "no"),
                new(TestRecords.Key("n"), "train", "j", []),
            ],
        });
        var read = _folder.ReadManifest(_complaints.Add)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Source, Is.EqualTo("a: 1\n"));
            Assert.That(read.Jobs[0].Needs, Is.EqualTo(new[] { TestRecords.Key("n") }));
            Assert.That(read.Jobs[0].Axes!["nfe"], Is.EqualTo("5"));
            Assert.That(read.Jobs[0].NotApplicable, Is.EqualTo("no"));
            Assert.That(read.Jobs[1].Axes, Is.Null);
            Assert.That(_complaints, Is.Empty);
        }
    }

    [TestCase("", "is damaged")]
    [TestCase("{", "is damaged")]
    [TestCase("{ \"format\": 1 }", "is damaged")]
    [TestCase("[]", "has format -1, this host reads 1")]
    [TestCase("null", "has format -1, this host reads 1")]
    [TestCase("{ \"format\": 2 }", "has format 2, this host reads 1")]
    [TestCase("{ \"format\": \"1\" }", "has format -1, this host reads 1")]
    public void A_manifest_that_cannot_be_used_is_an_error(string text, string expected)
    {
        File.WriteAllText(_folder.ManifestPath, text);
        Assert.That(() => _folder.ReadManifest(), Throws.TypeOf<UsageException>().With.Message.Contain($"{_folder.ManifestPath} {expected}"));
        Assert.That(File.ReadAllText(_folder.ManifestPath), Is.EqualTo(text));
    }

    [Test]
    public void A_second_host_is_refused_until_the_first_is_gone()
    {
        using (RunLock.Take(_folder))
        {
            Assert.That(() => RunLock.Take(_folder), Throws.TypeOf<UsageException>().With.Message.Contain(_folder.Root));
            Assert.That(Flock(), Is.Not.Zero, "another process");
        }

        Assert.That(Flock(), Is.Zero);
        RunLock.Take(_folder).Dispose();
    }

    [Test]
    public void Sweeping_removes_what_was_cut_off_and_nothing_else()
    {
        RecordFiles.Write(_folder, TestRecords.Record("k"));
        File.WriteAllText(Path.Combine(_folder.Records, ".k.json.1.tmp"), "");
        File.WriteAllText(_folder.RunningPath, "{}");
        _folder.Sweep();
        Assert.That(Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories), Is.EqualTo(new[] { _folder.RecordPath("k") }));
    }

    [Test]
    public void Final_records_of_neighbours_are_taken_over_with_their_files()
    {
        var there = Neighbour("there");
        Put(there, "whole", Status.Ok, "a.bin", "b.bin");
        Put(there, "lacks", Status.Ok, "a.bin");
        File.Delete(Path.Combine(there.ArtifactsOf("lacks"), "a.bin"));
        Put(there, "failed", Status.Error);
        Put(there, "diverged", Status.Diverged);
        Put(there, "unwanted", Status.Ok);
        File.WriteAllText(there.RecordPath("damaged"), "{");
        Standing[] open = [Standing.Missing, Standing.Missing, Standing.Failed, Standing.Stale, Standing.Cached, Standing.Missing, Standing.Missing];
        var compared = ((string[])["whole", "lacks", "failed", "diverged", "unwanted", "damaged", "absent"])
            .Select((key, i) => new Compared(TestRecords.Job(key), open[i], [], null)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new Reuse(_folder, ReuseFrom.Own, _ => { }).Of(compared), Is.EqualTo(2));
            Assert.That(RecordFiles.Keys(_folder), Is.EquivalentTo(new[] { "whole", "diverged" }));
            Assert.That(File.ReadAllText(Path.Combine(_folder.ArtifactsOf("whole"), "b.bin")), Is.EqualTo("whole b.bin"));
            Assert.That(RecordFiles.Keys(there), Has.Count.EqualTo(6));
        }
    }

    [Test]
    public void A_neighbour_that_lacks_files_does_not_hide_one_that_has_them()
    {
        Put(Neighbour("a"), "k", Status.Ok, "a.bin");
        File.Delete(Path.Combine(Neighbour("a").ArtifactsOf("k"), "a.bin"));
        Put(Neighbour("b"), "k", Status.Ok, "a.bin");
        Assert.That(new Reuse(_folder, ReuseFrom.Own, _ => { }).Of([new(TestRecords.Job("k"), Standing.Missing, [], null)]), Is.EqualTo(1));
    }

    [Test]
    public void What_was_taken_over_says_from_where()
    {
        Put(Neighbour("there"), "k", Status.Ok, "a.bin");
        List<string> told = [];
        new Reuse(_folder, ReuseFrom.Own, told.Add).Of([new(TestRecords.Job("k"), Standing.Missing, [], null)]);
        Assert.That(RecordFiles.Read(_folder, "k")!.TakenFrom, Is.EqualTo(Neighbour("there").Root));
        Assert.That(told, Is.EqualTo(new[] { $"1 results are taken over from {Neighbour("there").Root}, which has the same keys; --reuse none makes them anew" }));
    }

    /// <summary>A file with another checksum, an absolute name, one above the job's folder.</summary>
    [TestCase("damaged")]
    [TestCase("/etc/hostname")]
    [TestCase("../x/a.bin")]
    public void What_cannot_be_the_jobs_own_is_not_taken(string file)
    {
        var there = Neighbour("there");
        Put(there, "k", Status.Ok);
        Put(there, "x", Status.Ok, "a.bin");
        var name = file;
        if (file == "damaged")
        {
            using var weights = torch.ones(8);
            name = "checkpoint-1.safetensors";
            var path = Path.Combine(there.ArtifactsOf("k"), name);
            Dfx.Numerics.Files.Safetensors.SaveSealed(path, [new("w", weights)]);
            var bytes = File.ReadAllBytes(path);
            bytes[^1] ^= 1;
            File.WriteAllBytes(path, bytes);
        }

        RecordFiles.Write(there.RecordPath("k"), TestRecords.Record("k") with { Outcome = new() { Files = [name] } });
        Assert.That(new Reuse(_folder, ReuseFrom.Any, _ => { }).Of([new(TestRecords.Job("k"), Standing.Missing, [], null)]), Is.Zero);
    }

    /// <summary>Unpacked from elsewhere, or left by a colleague on a shared disk.</summary>
    [TestCase(ReuseFrom.Own, 0)]
    [TestCase(ReuseFrom.Any, 1)]
    [TestCase(ReuseFrom.None, 0)]
    public void Folders_of_other_users_count_only_if_asked_for(object from, int taken)
    {
        Assume.That(FileOwner.Self, Is.Zero, "only root can give a file to another user");
        var there = Neighbour("there");
        Put(there, "k", Status.Ok, "a.bin");
        using (var chown = System.Diagnostics.Process.Start("chown", ["-R", "12345", there.Root]))
        {
            chown.WaitForExit();
        }

        List<string> told = [];
        Assert.That(FileOwner.Of(there.Root), Is.EqualTo(12345));
        Assert.That(new Reuse(_folder, (ReuseFrom)from, told.Add).Of([new(TestRecords.Job("k"), Standing.Missing, [], null)]), Is.EqualTo(taken));
        Assert.That(string.Concat(told), (ReuseFrom)from == ReuseFrom.Own ? Does.Contain("belongs to another user (number 12345)") : Does.Not.Contain("another user"));
    }

    private ResultsFolder Neighbour(string name)
    {
        var folder = new ResultsFolder(_scratch.At("results/" + name));
        folder.Create();
        return folder;
    }

    private static void Put(ResultsFolder folder, string key, Status status, params string[] files)
    {
        Directory.CreateDirectory(folder.ArtifactsOf(key));
        foreach (var file in files)
        {
            File.WriteAllText(Path.Combine(folder.ArtifactsOf(key), file), $"{key} {file}");
        }

        RecordFiles.Write(folder, TestRecords.Record(key, status) with { Outcome = new() { Files = files } });
    }

    /// <summary>The exit code of another process that tries to lock the file.</summary>
    private int Flock()
    {
        using var process = System.Diagnostics.Process.Start("flock", ["-n", Path.Combine(_folder.Root, ".lock"), "true"]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
