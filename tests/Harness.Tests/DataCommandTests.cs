using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Dfx.Data.Images;
using Dfx.Data.Packing;
using Dfx.Harness.Commands.Data;

namespace Dfx.Harness.Tests;

/// <summary><c>dfx data</c> as a user sees it, in processes of its own with a data folder of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed class DataCommandTests
{
    private string _folder = null!;
    private string _data = null!;
    private string _images = null!;

    [SetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("dfx-data-test-").FullName;
        _data = Path.Combine(_folder, "data");
        _images = Directory.CreateDirectory(Path.Combine(_folder, "images")).FullName;
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Images_are_added_listed_and_verified_and_one_flipped_byte_is_found()
    {
        WriteImages(12, 40);
        Assert.That(Run("add", "images", _images, "--name", "mine", "--size", "16").Text, Does.Contain("test images, 3x16x16"));
        Assert.That(Run("list").Text, Does.Match("images-mine +present .*3x16x16"));
        Assert.That(Run("verify", "images-mine").Code, Is.Zero);

        Flip(Path.Combine(_data, "images-mine.safetensors"));

        var (code, text) = Run("verify");
        Assert.That(code, Is.EqualTo(1), text);
        Assert.That(text, Does.Contain("images-mine: DAMAGED"));
    }

    [Test]
    public void Bad_images_are_named_a_line_each()
    {
        WriteImages(3, 20);
        File.WriteAllText(Path.Combine(_images, "x.png"), "none");
        File.WriteAllBytes(Path.Combine(_images, "y.jpg"), [0xff, 0xd8, 0xff, 0xe0, 0, 16]);
        var (code, text) = Run("add", "images", _images);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(text, Does.Contain("\n  x.png: ").And.Contain("\n  y.jpg: ").And.Contain("nothing was added"));
        Assert.That(Directory.GetFileSystemEntries(_data), Is.Empty);
    }

    [Test]
    public void A_killed_add_leaves_nothing_that_counts_and_the_next_one_sweeps()
    {
        WriteImages(60, 700);
        using (var process = Start("add", "images", _images, "--threads", "1"))
        {
            Assert.That(SpinWait.SpinUntil(() => Directory.Exists(_data) && Directory.EnumerateFiles(_data, "packed", SearchOption.AllDirectories).Any(), 60_000));
            process.Kill();
            process.WaitForExit();
        }

        Assert.That(Directory.GetDirectories(_data, ".scratch-*"), Has.Length.EqualTo(1), "it was killed at work");
        Assert.That(Run("list").Text, Does.Match("images +missing"));
        Assert.That(Run("add", "images", _images).Code, Is.Zero);
        Assert.That(Directory.GetFileSystemEntries(_data).Select(Path.GetFileName), Is.EqualTo(new[] { "images.safetensors" }));
    }

    /// <summary>Reading a pipe that nobody writes to would wait for ever.</summary>
    [Test]
    public void A_named_pipe_among_images_is_left_out_and_as_weights_it_is_refused()
    {
        WriteImages(12, 4);
        using (var made = Process.Start("mkfifo", [Path.Combine(_images, "x.png"), Path.Combine(_folder, "w.pth"), Path.Combine(_folder, "a.zip")])!)
        {
            made.WaitForExit();
        }

        var (code, text) = Run("add", "images", _images);
        Assert.That(code, Is.Zero, text);
        Assert.That(text, Does.Contain("12 images are taken").And.Contain("1 item was left out: x.png (named pipes, sockets and devices: only regular files are read)"));
        foreach (var (id, file) in (ReadOnlySpan<(string, string)>)[("inception", "w.pth"), ("images", "a.zip"), ("cifar10", "a.zip")])
        {
            (code, text) = Run("add", id, Path.Combine(_folder, file), "--any");
            Assert.That((code, text), Is.EqualTo((2, text)));
            Assert.That(text, Does.Contain($"{file} is a named pipe"));
        }
    }

    [Test]
    public void Several_at_once_all_succeed()
    {
        WriteImages(12, 16);
        List<Process> all = [.. Enumerable.Range(0, 4).Select(i => Start("add", "images", _images, "--name", i < 2 ? "one" : "two"))];
        foreach (var process in all)
        {
            var errors = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEnd();
            Assert.That(errors.Result, Is.Empty);
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero);
            process.Dispose();
        }

        Assert.That(Directory.GetFileSystemEntries(_data).Select(Path.GetFileName), Is.EquivalentTo(new[] { "images-one.safetensors", "images-two.safetensors" }));
        Assert.That(Run("verify").Code, Is.Zero);
    }

    [Test]
    public void What_is_taken_for_what_is_said()
    {
        WriteImages(12, 4);
        Lay(i => i < 8 ? $"train/{(i % 2 == 0 ? "jay" : "tit")}" : "valid/jay");
        File.WriteAllText(Path.Combine(_images, "train", "jay", "x.tif"), "");

        var (code, text) = Run("add", "images", _images, "--labels", "--name", "birds");

        Assert.That(code, Is.Zero, text);
        Assert.That(text, Does.Contain(string.Join('\n',
            $"{_images}: 12 images are taken",
            "  parts: 8 training and 4 test images, by the folders train/ and valid/",
            "  classes: 2: jay 8, tit 4",
            "  without test images: 1 of 2 classes, tit",
            "  1 file was left out: .tif (images of kinds that are not read: convert them to PNG)")));
        Assert.That(text, Does.Contain("images: 8 training and 4 test images, 3x4x4"));
    }

    [Test]
    public void What_gave_the_labels_is_said()
    {
        var lines = new List<string>();
        IntakeText.Write(lines.Add, new("/x", 5, 4, [new("0", 3, 2), new("1", 2, 2)], new("by a hash of the paths", []) { Labels = "by dataset.json" }));
        Assert.That(lines[2], Is.EqualTo("  classes: 2 by dataset.json: 0 5, 1 4"));
    }

    [Test]
    public void A_thousand_classes_are_a_few_words()
    {
        var classes = Enumerable.Range(0, 1000).Select(i => new ClassCount($"n{i:0000}", i == 500 ? 2000 : 1000 + i, i == 0 ? 0 : 50)).ToList();
        var lines = new List<string>();
        IntakeText.Write(lines.Add, new("/x", 1_281_167, 50_000, classes, new("by the folders train/ and val/", [])));
        Assert.That(lines[2], Is.EqualTo(
            "  classes: 1000: n0000 1000, n0001 1051, n0002 1052, n0003 1053, n0004 1054, n0005 1055, …; the smallest is n0000 1000, the largest n0500 2050"));
        Assert.That(lines[3], Is.EqualTo("  without test images: 1 of 1000 classes, n0000"));
        Assert.That(lines, Has.Count.EqualTo(4));
    }

    [Test]
    public void What_looks_like_a_part_is_refused_and_the_remedy_of_the_message_works()
    {
        WriteImages(12, 4);
        Lay(i => i % 2 == 0 ? "train" : "test1");
        var (code, text) = Run("add", "images", _images);
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("'test1'").And.Contain("--parts hash"));
        Assert.That(Run("add", "images", _images, "--labels", "--parts", "hash").Text, Does.Contain("classes: 2: test1 6, train 6"));
        Assert.That(Run("list").Text, Does.Match("images +present .*; parts by hash alone"));
        Assert.That(Run("add", "ffhq256", _images, "--parts", "hash").Text, Does.Contain("--parts is for images"));
    }

    [Test]
    public void A_matrix_that_names_files_says_once_what_is_taken()
    {
        WriteImages(12, 16);
        Lay(i => i < 8 ? "Train/jay" : "Test/jay");
        var smoke = File.ReadAllText(Path.Combine(Repository.Root, "matrices", "smoke.yaml"));
        var matrix = Path.Combine(_folder, "m.yaml");
        File.WriteAllText(matrix, smoke.Replace("datasets: [fashion-mnist]", $"datasets: [{{ dataset: images, path: {_images} }}]", StringComparison.Ordinal));

        var (first, again) = (Plan(matrix), Plan(matrix));

        Assert.That(first, Does.Contain("dataset 'images'").And.Contain($"{_images}: 12 images are taken")
            .And.Contain("  parts: 8 training and 4 test images, by the folders Train/ and Test/").And.Contain("  classes: none"));
        Assert.That(again, Does.Not.Contain("are taken").And.Contain("missing"));
        Directory.Move(Path.Combine(_images, "Test"), Path.Combine(_images, "test1"));
        Assert.That(Plan(matrix), Does.Contain("dataset 'images'").And.Contain("'test1'").And.Contain("parts: hash"));
        File.WriteAllText(matrix, File.ReadAllText(matrix).Replace($"path: {_images}", $"path: {_images}, with: {{ parts: hash }}", StringComparison.Ordinal));
        Assert.That(Plan(matrix), Does.Contain("test images, by a hash of the paths"));
    }

    [Test]
    public void Weights_that_are_not_the_published_ones_need_a_word()
    {
        var file = Path.Combine(_folder, "w.pth");
        File.WriteAllBytes(file, [1, 2, 3]);
        var (code, text) = Run("add", "inception", file);
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("95628359").And.Contain("--any"));
        (code, text) = Run("add", "inception", file, "--any");
        Assert.That(code, Is.Zero, text);
        Assert.That(text, Does.Contain(Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]))));
        Assert.That(File.ReadAllBytes(Path.Combine(_data, "weights", "inception.pth")), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(Run("verify", "inception").Code, Is.Zero);
        Flip(Path.Combine(_data, "weights", "inception.pth"));
        Assert.That(Run("verify", "inception").Code, Is.EqualTo(1));
    }

    [Test]
    public void Fetching_checks_what_came()
    {
        // An npm that gives another archive.
        var bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        File.WriteAllText(Path.Combine(bin, "npm"), "#!/bin/sh\necho other > \"$4/emoji.tgz\"\n");
        File.SetUnixFileMode(Path.Combine(bin, "npm"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var (code, text) = Run(start => start.Environment["PATH"] = $"{bin}:/bin", "fetch", "emoji-32");
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("f64a530c63bca463").And.Contain("Nothing was added"));
        Assert.That(Directory.GetFileSystemEntries(_data), Is.Empty);
    }

    [Test]
    public void A_missing_or_failing_npm_is_named_with_the_remedy()
    {
        var bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        var (code, text) = Run(start => start.Environment["PATH"] = bin, "fetch", "emoji-32");
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("npm client is missing").And.Contain("apt-get install npm"));

        File.WriteAllText(Path.Combine(bin, "npm"), "#!/bin/sh\necho no network >&2\nexit 7\n");
        File.SetUnixFileMode(Path.Combine(bin, "npm"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (code, text) = Run(start => start.Environment["PATH"] = bin, "fetch", "emoji-32");
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("exit code 7").And.Contain("no network"));
    }

    [TestCase("fetch cifar10", "./dfx data add cifar10")]
    [TestCase("fetch emojy-32", "emoji-32")]
    [TestCase("add cifar11 x", "cifar10")]
    [TestCase("add cifar10 /nowhere", "/nowhere")]
    [TestCase("verify emoji-32", "./dfx data fetch emoji-32")]
    [TestCase("add images . --name a/b", "a/b")]
    public void Unusable_input_ends_with_2_and_a_remedy(string arguments, string message)
    {
        var (code, text) = Run(arguments.Split(' '));
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain(message));
    }

    [Test]
    public void A_matrix_that_names_what_was_not_fetched_says_how_to_get_it()
    {
        var matrix = Path.Combine(_folder, "m.yaml");
        File.WriteAllText(matrix, File.ReadAllText(Path.Combine(Repository.Root, "matrices", "smoke.yaml")).Replace("fashion-mnist", "emoji-32", StringComparison.Ordinal));
        Assert.That(Plan(matrix), Does.Contain("./dfx data fetch emoji-32"));
    }

    private string Plan(string matrix)
    {
        using var process = Start(_ => { }, "plan", matrix, "--results", Path.Combine(_folder, "results"));
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(text.Contains("dfx: ", StringComparison.Ordinal) ? 2 : 0), text);
        return text;
    }

    // Moves each image into a folder.
    private void Lay(Func<int, string> folder)
    {
        foreach (var (i, path) in Directory.GetFiles(_images, "*.png").Order(StringComparer.Ordinal).Index().ToList())
        {
            File.Move(path, Path.Combine(Directory.CreateDirectory(Path.Combine(_images, folder(i))).FullName, Path.GetFileName(path)));
        }
    }

    private void WriteImages(int count, int side)
    {
        var random = new Random(1);
        var bytes = new byte[3 * side * side];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            using var image = torch.tensor(bytes, [3, side, side]);
            Png.Write(Path.Combine(_images, $"{i:000}.png"), image);
        }
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private (int Code, string Text) Run(params string[] arguments) => Run(_ => { }, arguments);

    private (int Code, string Text) Run(Action<ProcessStartInfo> change, params string[] arguments)
    {
        using var process = Start(change, ["data", .. arguments]);
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, text);
    }

    private Process Start(params string[] arguments) => Start(_ => { }, ["data", .. arguments]);

    private Process Start(Action<ProcessStartInfo> change, params string[] arguments)
    {
        var dll = Path.Combine(TestContext.CurrentContext.TestDirectory, "dfx.dll");
        var info = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (info.Environment["DFX_DATA"], info.Environment["DFX_CACHE"]) = (_data, Path.Combine(_folder, "cache"));
        change(info);
        return Process.Start(info)!;
    }
}
