using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>Runs commands of gnuplot in a folder; what went wrong, or null.</summary>
internal delegate string? RunGnuplot(string folder, string commands);

/// <summary>Runs gnuplot (Debian: gnuplot-nox).</summary>
internal static class GnuplotProcess
{
    internal const string Remedy = "apt-get install gnuplot-nox";

    /// <summary>A minute for what takes a tenth of a second.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>The gnuplot of this machine; null if there is none.</summary>
    internal static RunGnuplot? Find() => IsThere ? Run : null;

    private static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, "gnuplot")));

    private static string? Run(string folder, string commands)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("gnuplot")
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                StandardInputEncoding = new UTF8Encoding(false),
            })!;
            return Outcome(process, commands);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return e.Message;
        }
    }

    private static string? Outcome(Process process, string commands)
    {
        var (errors, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        process.StandardInput.Write(commands);
        process.StandardInput.Close();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill();
            return $"gnuplot did not end within {s_patience.TotalSeconds:F0} seconds";
        }

        _ = output.Result;
        return process.ExitCode == 0 ? null : errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "gnuplot failed";
    }
}
