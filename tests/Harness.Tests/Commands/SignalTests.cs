using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Dfx.Data.Images;
using Dfx.Harness.Tests.Execution;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Commands;

/// <summary>Ctrl-C and SIGTERM to commands at work, in processes of their own.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class SignalTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int Cells = 2500;
    private const string Digits = "0123456789abcdef0123456789abcdef";

    // A second by the clock of an idle machine.
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(2);

    private ScratchFolder _scratch = null!;

    [SetUp]
    public void Make() => _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    /// <summary>A merge that is stopped takes away what it had made: a part of the results would look like all of them.</summary>
    [TestCase(Interrupt)]
    [TestCase(Terminate)]
    public void Merge(int signal)
    {
        var (source, target) = (ManyCells.Write(_scratch.At("a/."), Cells), _scratch.At("merged"));
        using var process = Start("merge", target, source.Root);
        Stopped(process, signal, () => Directory.Exists(Path.Combine(target, "records")) && Directory.EnumerateFiles(Path.Combine(target, "records")).Any());
        Assert.That(Directory.Exists(target), Is.False, "it is taken away");
    }

    /// <summary>It has swept a draft when it is at work.</summary>
    [Test]
    public void Report()
    {
        var folder = ManyCells.Write(_scratch.At("a/."), 3 * Cells);
        var draft = _scratch.Write($"a/.x.{Digits}.tmp", "");
        File.SetLastWriteTimeUtc(draft, DateTime.UnixEpoch);
        using var process = Start("report", folder.Root);
        Stopped(process, Interrupt, () => !File.Exists(draft));
        Assert.That(Directory.EnumerateFiles(folder.Root, "*.html"), Is.Empty, "it was not yet done");
    }

    /// <summary>A plugin of 30 GB, all of it a hole: its hash takes a minute.</summary>
    [TestCase(Interrupt)]
    [TestCase(Terminate)]
    public void Plan(int signal)
    {
        Plugin("Sample");
        var large = _scratch.At("plugins/Sample/large.bin");
        using (var file = File.Create(large))
        {
            file.SetLength(30L << 30);
        }

        using var process = Start("plan", _scratch.Write("m.yaml", Matrices.Text()), "--plugins", _scratch.At("plugins"), "--results", _scratch.At("results"));
        Stopped(process, signal, () => Open(process.Id, large));
    }

    [Test]
    public void Check()
    {
        using var process = Start("check", Path.Combine(Plugin("Hangs"), "Hangs.dll"), "--time-limit", "60");
        Stopped(process, Terminate, () => Children.Of(process.Id).Count > 0);
    }

    [Test]
    public void Data_add()
    {
        var images = _scratch.At("images");
        Directory.CreateDirectory(images);
        using var image = torch.randint(0, 256, [3, 900, 900], dtype: torch.uint8);
        Png.Write(Path.Combine(images, "0.png"), image);
        Enumerable.Range(1, 60).ToList().ForEach(i => File.Copy(Path.Combine(images, "0.png"), Path.Combine(images, string.Create(CultureInfo.InvariantCulture, $"{i}.png"))));
        using var process = Start("data", "add", "images", images, "--threads", "1");
        var data = _scratch.At("data");
        Stopped(process, Interrupt, () => Directory.Exists(data) && Directory.EnumerateFiles(data, "packed", SearchOption.AllDirectories).Any());
        Assert.That(Directory.EnumerateFiles(data), Is.Empty, "nothing was added");
    }

    /// <summary>A worker that does not listen keeps its host for its grace, unless the person asks twice. What its plugin started ends with it.</summary>
    [Test]
    public void Twice()
    {
        Plugin("Sample");
        Plugin("SpawnsChild");
        var matrix = _scratch.Write("m.yaml", Matrices.Text(("methods", "test-spawns-child")));
        using var process = Start("run", matrix, "--plugins", _scratch.At("plugins"), "--results", _scratch.At("results"));
        var errors = process.StandardError.ReadToEndAsync();
        List<int> others = [];
        Await(() => (others = Children.Of(process.Id).SelectMany(worker => Children.Of(worker).Prepend(worker)).ToList()).Count == 2);
        _ = Kill(process.Id, Interrupt);
        Thread.Sleep(300);
        Assert.That(process.HasExited, Is.False);
        var clock = Stopwatch.StartNew();
        _ = Kill(process.Id, Interrupt);
        Ended(process, clock);
        Assert.That(errors.Result.Trim().Split('\n'), Has.Length.EqualTo(1).And.All.StartsWith("dfx: stopping: workers save"));
        Await(() => others.TrueForAll(IsGone));
    }

    private static void Stopped(Process process, int signal, Func<bool> isAtWork)
    {
        var errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        Await(() => process.HasExited || isAtWork());
        Assert.That(process.HasExited, Is.False, "it was too fast");
        var clock = Stopwatch.StartNew();
        _ = Kill(process.Id, signal);
        Ended(process, clock);
        Assert.That(errors.Result, Does.Contain("dfx: interrupted").And.Not.Contain("   at ").And.Not.Contain("Unhandled"));
    }

    private static void Ended(Process process, Stopwatch clock)
    {
        try
        {
            Assert.That(process.WaitForExit(s_second), "it goes on");
            process.WaitForExit();
            Assert.That((process.ExitCode, clock.Elapsed < s_second), Is.EqualTo((130, true)), $"{clock.Elapsed}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static void Await(Func<bool> happens) => Assert.That(SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(10);
        return happens();
    }, 60_000));

    /// <summary>A zombie only waits to be counted.</summary>
    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool Open(int process, string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Any(link => new FileInfo(link).LinkTarget == path);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string Plugin(string name)
    {
        var folder = _scratch.At($"plugins/{name}/.")[..^2];
        Directory.EnumerateFiles(Path.Combine(TestPlugins.Folder, name)).ToList().ForEach(path => File.Copy(path, Path.Combine(folder, Path.GetFileName(path))));
        return folder;
    }

    private Process Start(params ReadOnlySpan<string> arguments)
    {
        // What is started by a script in the background ignores Ctrl-C, and so would the program.
        var info = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(TestContext.CurrentContext.TestDirectory, "dfx.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (info.Environment["DFX_DATA"], info.Environment["DFX_CACHE"]) = (_scratch.At("data"), _scratch.At("cache"));
        return Process.Start(info)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
