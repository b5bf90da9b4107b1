using System.Diagnostics;
using System.Runtime.Versioning;
using Dfx.Harness.Packing;

namespace Dfx.Harness.Tests.Packing;

/// <summary>Benchmarks in a pack: which files, and how the launcher there starts them.</summary>
[SupportedOSPlatform("linux")]
public sealed class PackBenchTests
{
    private string _folder = null!;

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("dfx-pack-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Programs_and_scripts_come_along_and_symbols_and_the_browser_do_not()
    {
        foreach (var file in (string[])["Dfx.Benchmarks.dll", "Dfx.Benchmarks.deps.json", "Dfx.Benchmarks.pdb", "dfx.xml", "Devices/eager_loop.py", ".playwright/node/linux-x64/node"])
        {
            Write(file, "");
        }

        Assert.That(
            PackContents.Benchmarks(_folder).Select(e => e.Name),
            Is.EquivalentTo(new[] { "bench/Dfx.Benchmarks.dll", "bench/Dfx.Benchmarks.deps.json", "bench/Devices/eager_loop.py" }));
    }

    [Test]
    public void Where_they_are_not_built_the_remedy_is_named() =>
        Assert.That(() => PackContents.Benchmarks(_folder), Throws.TypeOf<UsageException>().With.Message.Contains("./dfx pack --bench"));

    [Test]
    public void The_launcher_starts_them_with_the_settings_of_the_checkout_and_the_users_python()
    {
        Launcher();
        Write("bench/Dfx.Benchmarks.dll", "");
        var (code, output, _) = Run("bench", "loop", "cuda", "a b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero);
            Assert.That(output, Does.StartWith($"{_folder}/bench/Dfx.Benchmarks.dll|loop|cuda|a b|"));
            Assert.That(output, Does.Match(@"DFX_PYTHON=/\S*python3"));
            Assert.That(output.Split('\n').Where(CheckoutSettings().Contains), Is.EquivalentTo(CheckoutSettings()));
        }
    }

    [Test]
    public void Without_them_the_launcher_says_so_in_one_line()
    {
        Launcher();
        var (code, _, errors) = Run("bench", "loop");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(errors.TrimEnd(), Does.StartWith("dfx: this pack holds no benchmarks").And.Not.Contain('\n'));
        }
    }

    /// <summary>What the checkout's own launcher exports before it starts benchmarks.</summary>
    private static List<string> CheckoutSettings() =>
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Root, "dfx")).SkipWhile(l => l != "tensor_settings() {").TakeWhile(l => l != "}")
           where line.TrimStart().StartsWith("export ", StringComparison.Ordinal)
           from setting in line.TrimStart()["export ".Length..].Split(' ')
           select setting.Replace("${GLIBC_TUNABLES:+:$GLIBC_TUNABLES}", "", StringComparison.Ordinal),
    ];

    private void Launcher()
    {
        Write("dfx", Embedded.Text("dfx.sh"));
        Write("libtorch-of-the-node/libtorch.so", "");
        Write("dotnet/dotnet", "#!/bin/sh\nfor a in \"$@\"; do printf '%s|' \"$a\"; done; echo; env\n");
        File.SetUnixFileMode(Path.Combine(_folder, "dotnet/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var info = new ProcessStartInfo("/bin/sh", [Path.Combine(_folder, "dfx"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment.Clear();
        (info.Environment["PATH"], info.Environment["DFX_LIBTORCH"]) = ("/usr/bin:/bin", Path.Combine(_folder, "libtorch-of-the-node"));
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        process.WaitForExit();
        return (process.ExitCode, output, errors);
    }
}
