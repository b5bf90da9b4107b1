using System.ComponentModel;
using System.Diagnostics;

namespace Dfx.Harness.Commands.Data;

/// <summary>The npm client, which knows the user's registry, proxy and certificates.</summary>
internal static class Npm
{
    private const int ToldLines = 5;

    /// <summary>Downloads a package's archive.</summary>
    /// <param name="package">Name and version.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancellation">Ends npm.</param>
    /// <returns>The archive.</returns>
    /// <exception cref="UsageException">npm is missing or failed.</exception>
    internal static string Pack(string package, string folder, CancellationToken cancellation)
    {
        var info = new ProcessStartInfo("npm", ["pack", package, "--pack-destination", folder])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(info);
        using var ending = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        _ = output.Result;
        return process.ExitCode == 0 && Directory.GetFiles(folder, "*.tgz") is [var archive]
            ? archive
            : throw new UsageException($"npm pack {package} failed with exit code {process.ExitCode}:{Last(errors)}");
    }

    private static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"the npm client is missing ({e.Message}): apt-get install npm, or install Node.js, and run the same command again.", e);
        }
    }

    private static string Last(string errors) =>
        string.Concat(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(ToldLines).Select(line => $"{Environment.NewLine}  {line}"));
}
