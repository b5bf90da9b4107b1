using System.CommandLine;
using System.Diagnostics;
using System.Runtime.Versioning;
using Dfx.Harness.Commands;
using Dfx.Harness.Tests.Damage;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Commands;

/// <summary>A named pipe in the place of a file that a command reads: it is named, and nobody waits for whoever might write to it.</summary>
[SupportedOSPlatform("linux")]
public sealed class PipeTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Test]
    public void In_a_results_folder([Range(0, 8)] int file)
    {
        using var whole = new WholeFolder();
        Replace(whole.Files[file]);
        foreach (var command in (Command[])[StatusCommand.Create(), ClaimsCommand.Create(), ReportCommand.Create()])
        {
            var (code, text) = Run(command, whole.Folder.Root);
            Assert.That(code, Is.AnyOf(0, 2), text);
            Assert.That(command.Name != "report" || file == 8 || text.Contains("named pipe", StringComparison.Ordinal), text);
        }

        Assert.That(Run(MergeCommand.Create(), whole.At("merged"), whole.Folder.Root).Code, Is.AnyOf(0, 2));
    }

    [TestCase("samples.npz")]
    [TestCase("features.npz")]
    public void Among_the_artifacts(string name)
    {
        using var whole = new WholeFolder();
        Replace(Path.Combine(whole.Folder.ArtifactsOf(WholeFolder.Cell), name));
        var (code, text) = Run(ExportCommand.Create(), whole.Folder.Root, WholeFolder.Cell);
        Assert.That((code, text), Is.EqualTo((2, text)));
        Assert.That(text, Does.Contain("named pipe").And.Contain(name));
        (code, text) = Run(MergeCommand.Create(), whole.At("merged"), whole.Folder.Root);
        Assert.That((code, text), Is.EqualTo((2, text)));
        Assert.That(text, Does.Contain("named pipe").And.Contain(name));
    }

    [Test]
    public void As_a_matrix_and_as_a_file_of_a_plugin()
    {
        using var scratch = new ScratchFolder();
        var (matrix, plugins) = (scratch.Write("m.yaml", Matrices.Text()), scratch.At("plugins/."));
        Directory.EnumerateFiles(Path.Combine(TestPlugins.Folder, "Sample")).ToList().ForEach(path => scratch.Copy(path, $"plugins/Sample/{Path.GetFileName(path)}"));
        Pipe(scratch.At("plugins/Sample/notes.txt"));
        var (code, text) = Run(PlanCommand.Create(), matrix, "--plugins", plugins, "--results", scratch.At("results"));
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("named pipe").And.Contain("notes.txt"));

        Replace(matrix);
        (code, text) = Run(PlanCommand.Create(), matrix, "--plugins", plugins, "--results", scratch.At("results"));
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("m.yaml is a named pipe"));
    }

    /// <summary>What reads files of others asks first. Its own files and those of /proc need no question.</summary>
    [Test]
    public void Every_reader_asks()
    {
        string[] own = ["DeviceMemory.cs", "ProcessMemory.cs", "ProcessTable.cs", "Traces.cs", "Processor.cs", "PackContents.cs", "CodeHash.cs", "WebFiles.cs", "WeakVersion.cs", "Libtorch/Program.cs"];
        var open = new System.Text.RegularExpressions.Regex(@"\bFile\.(?:OpenRead|OpenText|OpenHandle|ReadAllText|ReadAllBytes|ReadAllLines|ReadLines)\((?!\s*RegularFile\.)|\((?!RegularFile\.)[^()]*FileMode\.Open,");
        Assert.That(open.IsMatch("File.ReadAllText(path)") && open.IsMatch("new FileStream(path, FileMode.Open, x)") && !open.IsMatch("File.OpenRead(RegularFile.Checked(path))"));
        var offenders = from source in Repository.Sources("src")
                        where !Array.Exists(own, name => source.Path.EndsWith(name, StringComparison.Ordinal))
                        from System.Text.RegularExpressions.Match match in open.Matches(source.Text)
                        select $"{source.Path}: {match.Value}";
        Assert.That(offenders, Is.Empty, "write RegularFile.Checked(path)");
    }

    private static void Replace(string path)
    {
        File.Delete(path);
        Pipe(path);
    }

    private static void Pipe(string path)
    {
        using var process = Process.Start("mkfifo", [path])!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
    }

    private static (int Code, string Text) Run(Command command, params string[] arguments)
    {
        var (output, error, text) = (Console.Out, Console.Error, new StringWriter());
        Console.SetOut(text);
        Console.SetError(text);
        try
        {
            var running = Task.Run(() => command.Parse(arguments).Invoke(new() { EnableDefaultExceptionHandler = false }));
            Assert.That(running.Wait(s_patience), $"dfx {command.Name} waits");
            return (running.Result, text.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
