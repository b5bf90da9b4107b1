using System.CommandLine;
using Dfx.Harness.Commands;

namespace Dfx.Harness.Tests.Damage;

/// <summary>Every command that looks at results, on a folder in which one file is damaged: an exit code with a message, and never a trace.</summary>
public sealed class CommandTests
{
    private const int Seeds = 4;

    [Test]
    public void Every_command_ends_with_an_exit_code([Range(0, 8)] int file)
    {
        using var whole = new WholeFolder(checksums: false);
        using var other = new WholeFolder();
        var path = whole.Files[file];
        var bytes = File.ReadAllBytes(path);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var damaged = Damages.Of(bytes, path.EndsWith(".json", StringComparison.Ordinal), new(1000 + seed));
            File.WriteAllBytes(path, damaged);
            foreach (var (command, arguments) in Commands(whole.Folder.Root, other.Folder.Root))
            {
                Check(command, arguments, path, Damages.Words(path, damaged, seed));
            }
        }

        Check(MergeCommand.Create(), [whole.At("merged"), whole.Folder.Root, other.Folder.Root], path, path);
        Check(ReportCommand.Create(), [whole.Folder.Root], path, path);
    }

    [Test]
    public void Damaged_arrays_are_exported_with_an_exit_code([Values("samples.npz", "features.npz")] string name)
    {
        using var whole = new WholeFolder();
        var path = Path.Combine(whole.Folder.ArtifactsOf(WholeFolder.Cell), name);
        var bytes = File.ReadAllBytes(path);
        for (var seed = 0; seed < 40; seed++)
        {
            var damaged = Damages.Of(bytes, isJson: false, new(seed));
            File.WriteAllBytes(path, damaged);
            Check(ExportCommand.Create(), [whole.Folder.Root, WholeFolder.Cell], path, $"{name}, damage {seed}");
        }
    }

    private static IEnumerable<(Command Command, string[] Arguments)> Commands(string results, string other) =>
    [
        (StatusCommand.Create(), [results]),
        (TableCommand.Create(), ["t", results]),
        (ClaimsCommand.Create(), [results]),
        (CompareCommand.Create(), [results, other]),
        (CompareCommand.Create(), [other, results]),
        (ListCommand.Create(), ["tables", "--results", results]),
        (ExportCommand.Create(), [results, WholeFolder.Cell[..12]]),
    ];

    private static void Check(Command command, string[] arguments, string path, string words)
    {
        var (output, error, text) = (Console.Out, Console.Error, new StringWriter());
        Console.SetOut(text);
        Console.SetError(text);
        int code;
        try
        {
            code = command.Parse(arguments).Invoke(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            throw new AssertionException($"dfx {command.Name} of {words}\n{e}");
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        Assert.That(code, Is.AnyOf(0, 1, 2), $"dfx {command.Name} of {words}");
        Assert.That(text.ToString(), Does.Not.Contain("   at ").And.Not.Contain("Exception:"), words);
        if (code == 2)
        {
            Assert.That(text.ToString(), Does.Contain(Path.GetFileName(path)).Or.Contain("dfx: "), words);
        }
    }
}
