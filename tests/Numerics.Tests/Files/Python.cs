using System.Diagnostics;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Runs scripts in the real Python with numpy; a test without one is ignored and says so.</summary>
internal static class Python
{
    private static readonly string[] Candidates = ["/usr/bin/python3", "python3"];

    private static readonly Lazy<string?> Interpreter = new(() => Array.Find(Candidates, HasNumpy));

    /// <summary>Runs a script and returns what it prints.</summary>
    public static string Run(string script, params string[] arguments)
    {
        if (Interpreter.Value is not { } python)
        {
            Assert.Ignore($"needs Python 3 with numpy; tried {string.Join(", ", Candidates)}");
            return "";
        }

        var (code, output, errors) = Start(python, script, arguments);
        Assert.That(code, Is.Zero, errors);
        return output.Trim();
    }

    private static bool HasNumpy(string python)
    {
        try
        {
            return Start(python, "import numpy", []).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }

    private static (int Code, string Output, string Errors) Start(string python, string script, string[] arguments)
    {
        var start = new ProcessStartInfo(python, ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
