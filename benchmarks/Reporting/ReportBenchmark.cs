using System.Diagnostics;

namespace Dfx.Benchmarks.Reporting;

/// <summary><c>dfx report</c> as a whole on 100 000 cells: a process of its own, from records on disk to every file, and the page in a browser.</summary>
internal static class ReportBenchmark
{
    private const int Rounds = 3;

    /// <param name="kept">A folder that stays, and that is filled if it is not there; null for one that goes.</param>
    internal static void Run(string? kept)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("dfx-report-").FullName : Path.GetFullPath(kept);
        try
        {
            var checkout = Checkout(AppContext.BaseDirectory);
            if (!File.Exists(Path.Combine(folder, "manifest.json")))
            {
                MadeFolder.Write(folder, Path.Combine(checkout, "plugins", "Stf"), Path.Combine(checkout, "baselines"));
            }

            Console.WriteLine($"{MadeFolder.Cells} cells, {Environment.ProcessorCount} cores");
            for (var round = 0; round < Rounds; round++)
            {
                Measure(Path.Combine(checkout, "artifacts", "bin", "Harness", "release", "dfx.dll"), folder);
            }

            PageOpening.Measure(Path.Combine(folder, "report.html"), Rounds);
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Figures that did not change are not drawn again, so they go first.</summary>
    private static void Measure(string program, string folder)
    {
        var figures = Path.Combine(folder, "figures");
        if (Directory.Exists(figures))
        {
            Directory.Delete(figures, recursive: true);
        }

        var (before, clock) = (ChildUsage.Now(), Stopwatch.StartNew());
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "report", folder]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var (wall, after) = (clock.Elapsed, ChildUsage.Now());
        Console.WriteLine(FormattableString.Invariant(
            $"wall {wall.TotalSeconds:F1} s, processor {(after.Cpu - before.Cpu).TotalSeconds:F1} s, peak {after.PeakBytes / 1e6:F0} MB, page {new FileInfo(Path.Combine(folder, "report.html")).Length / 1e6:F1} MB, exit code {process.ExitCode}"));
    }

    private static string Checkout(string folder) =>
        File.Exists(Path.Combine(folder, "Dfx.sln")) ? folder : Checkout(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no checkout of Dfx holds this program"));
}
