using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Dfx.Benchmarks.UNet;

/// <summary>A script in Python, such as a network in eager PyTorch, in a process of its own that works only when it is asked to.</summary>
internal sealed class EagerPython : IDisposable
{
    private const string Variable = "DFX_PYTHON";
    private readonly Process _process;

    private EagerPython(Process process, JsonElement check)
    {
        _process = process;
        Check = check;
    }

    /// <summary>What the script said when it was ready.</summary>
    internal JsonElement Check { get; }

    /// <summary>How many parameters its network has.</summary>
    internal long Parameters => Check.GetProperty("parameters").GetInt64();

    /// <summary>The largest difference of its output from ours, with the same weights and inputs.</summary>
    internal double Error => Check.GetProperty("error").GetDouble();

    internal string Version => Check.GetProperty("torch").GetString() ?? "";

    /// <summary>The interpreter: that of <c>DFX_PYTHON</c>, else the system's, for which Debian packages PyTorch.</summary>
    private static string Python => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen : "/usr/bin/python3";

    /// <summary>Starts a script with its arguments; null where Python or its torch is missing.</summary>
    internal static EagerPython? Start(string script, params string[] arguments)
    {
        var info = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return Process.Start(info) is { } process && process.StandardOutput.ReadLine() is { } line ? new EagerPython(process, JsonElement.Parse(line)) : null;
        }
        catch (Win32Exception)
        {
            // There is no such interpreter.
            return null;
        }
    }

    /// <summary>Seconds of each of several calls of <c>forward</c> or <c>step</c>, or what else the script measures.</summary>
    internal double[] Measure(string what, int times)
    {
        _process.StandardInput.WriteLine($"{what} {times}");
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Python process ended.");
        return JsonSerializer.Deserialize<double[]>(line)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
