using System.Globalization;
using System.Text.Json;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Reporting;
using Dfx.Harness.Tests.Store;

namespace Dfx.Harness.Tests.Commands;

/// <summary>Results of so many cells that reading them takes a while.</summary>
internal static class ManyCells
{
    /// <summary>Writes a results folder.</summary>
    internal static ResultsFolder Write(string path, int count)
    {
        var folder = new ResultsFolder(path);
        folder.Create();
        var jobs = Enumerable.Range(0, count).Select(i => new ManifestJob(
            TestRecords.Key($"cell {i}"), "cell", $"cell {i}", [], TestCells.Fd($"m{i % 5}", i / 5, 0, ("nfe", "5")).Axes)).ToList();
        foreach (var (job, i) in jobs.Select((job, i) => (job, i)))
        {
            // Not through the draft and the disk: that is what takes the time.
            using var stream = File.Create(folder.RecordPath(job.Key));
            Checksum.Write(stream, json => JsonSerializer.Serialize(json, Record(job, i), StoreJson.Default.JobRecord));
        }

        folder.WriteManifest(new()
        {
            Matrix = "many",
            Source = "",
            Environment = new Dictionary<string, string>(),
            Plugins = new Dictionary<string, string>(),
            Baseline = "m0",
            Jobs = jobs,
        });
        return folder;
    }

    private static JobRecord Record(ManifestJob job, int number) => TestRecords.Record(job.Key) with
    {
        Kind = "cell",
        Identity = job.Identity,
        Message = string.Create(CultureInfo.InvariantCulture, $"number {number}"),
        Outcome = new() { NfeUsed = 5, Metrics = [TestCells.Metric("fd", 1 + (number % 97)), TestCells.Metric("kid", 2 + (number % 89))] },
    };
}
