using System.Diagnostics;
using System.Text.Json;

namespace Dfx.Benchmarks.UNet;

/// <summary>A network in eager PyTorch, in a process of its own that works only when it is asked to.</summary>
internal sealed class EagerPython : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process _process;

    private EagerPython(Process process, JsonElement check)
    {
        _process = process;
        Parameters = check.GetProperty("parameters").GetInt64();
        Error = check.GetProperty("error").GetDouble();
        Version = check.GetProperty("torch").GetString() ?? "";
    }

    /// <summary>How many parameters its network has.</summary>
    internal long Parameters { get; }

    /// <summary>The largest difference of its output from ours, with the same weights and inputs.</summary>
    internal double Error { get; }

    internal string Version { get; }

    /// <summary>Starts a script with its arguments; null where Python or its torch is missing.</summary>
    internal static EagerPython? Start(string script, params string[] arguments)
    {
        var info = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (!File.Exists(Python) || Process.Start(info) is not { } process)
        {
            return null;
        }

        return process.StandardOutput.ReadLine() is { } line ? new EagerPython(process, JsonElement.Parse(line)) : null;
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
