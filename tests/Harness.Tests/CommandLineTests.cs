using System.Diagnostics;

namespace Dfx.Harness.Tests;

/// <summary>The command line as a user sees it, in a process of its own.</summary>
public sealed class CommandLineTests
{
    [Test]
    public void Help_names_every_verb_with_an_example()
    {
        var (code, text) = Run("--help");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero);
            Assert.That(text, Does.Contain("doctor").And.Contain("list").And.Contain("Example: ./dfx doctor").And.Contain("./dfx test").And.Contain("./dfx bench"));
        }
    }

    [Test]
    public void An_unknown_verb_is_unusable_input()
    {
        var (code, text) = Run("docter");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(text, Does.Contain("docter").And.Contain("doctor"));
        }
    }

    private static (int Code, string Text) Run(params string[] arguments)
    {
        var dll = Path.Combine(TestContext.CurrentContext.TestDirectory, "dfx.dll");
        var info = new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(info)!;
        var text = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
