using System.Diagnostics;
using System.Globalization;
using Dfx.Harness.Store;

namespace Dfx.Benchmarks.Running;

/// <summary>
/// What a run costs beside the plugins' own work: many cells of a plugin that needs milliseconds, by one worker, from an empty folder to the page. What a plugin
/// does is loading, a first run that nobody measures, the samples, a single one, and the metric, as the records have it.
/// </summary>
internal static class RunOverhead
{
    private const int Budgets = 100;
    private const int Samples = 4;
    private const int SamplePause = 100;

    /// <summary>Runs so many cells; of a run that is stopped after some seconds, the memory alone.</summary>
    /// <param name="cells">How many.</param>
    /// <param name="seconds">When the run is stopped; null for at its end.</param>
    internal static void Run(int cells, double? seconds)
    {
        var folder = Directory.CreateTempSubdirectory("dfx-bench-").FullName;
        try
        {
            var (clock, memory) = (Stopwatch.StartNew(), 0L);
            using var process = Start(folder, cells);
            var output = process.StandardOutput.ReadToEndAsync();
            while (!process.WaitForExit(SamplePause))
            {
                memory = Math.Max(memory, Memory(process.Id));
                if (clock.Elapsed.TotalSeconds > seconds)
                {
                    process.Kill(entireProcessTree: true);
                }
            }

            var (whole, records) = (clock.Elapsed.TotalSeconds, Records(new ResultsFolder(Path.Combine(folder, "results", "overhead"))));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cells} cells: {records.Count} jobs done in {whole:F1} s; memory of the host at most {memory / 1e6:F0} MB"));
            if (seconds is null)
            {
                var own = records.Sum(Own);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the plugin's own work {own:F1} s; the rest {1000 * (whole - own) / records.Count:F1} ms a job, {1000 * (whole - own) / cells:F1} ms a cell, with start and reports\n{output.Result.TrimEnd().Split('\n')[^1]}"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Own(JobRecord record) => record.Kind switch
    {
        "train" => record.Timing.Checkpoints is [.., var last] ? last : 0,
        "cell" => record.Timing.MetricSeconds ?? 0,
        _ => (record.Timing.LoadSeconds ?? 0) + (record.Timing.WarmUpSeconds ?? 0) + (Samples * (record.Timing.SecondsPerImage ?? 0)) + (record.Timing.LatencySeconds ?? 0),
    };

    private static Process Start(string folder, int cells)
    {
        var host = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("Benchmarks", StringComparison.Ordinal)];
        var plugins = Directory.CreateDirectory(Path.Combine(folder, "plugins", "Sample")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(host, "..", "test-plugins", "Sample")))
        {
            File.Copy(file, Path.Combine(plugins, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "overhead.yaml"), $$"""
            datasets: [test-shapes]
            training: { steps: 1, batch: 4 }
            methods: [test-affine]
            samplers: [test-euler]
            nfe: [{{string.Join(", ", Enumerable.Range(2, Budgets))}}]
            seeds: [{{string.Join(", ", Enumerable.Range(0, cells / Budgets))}}]
            samples: {{Samples}}
            threads: 1
            metrics: [test-mean]
            """);
        var info = new ProcessStartInfo("dotnet", [Path.Combine(host, "Harness", "release", "dfx.dll"), "run", "overhead.yaml", "--plugins", Path.GetDirectoryName(plugins)!, "--workers", "1"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        info.Environment["DFX_CACHE"] = Path.Combine(folder, "cache");
        return Process.Start(info)!;
    }

    private static List<JobRecord> Records(ResultsFolder results) => [.. RecordFiles.Keys(results).Select(key => RecordFiles.Read(results, key)).OfType<JobRecord>()];

    /// <summary>The most memory that a process has held, in bytes; 0 if it has ended.</summary>
    private static long Memory(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").FirstOrDefault(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
