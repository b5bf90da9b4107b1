using System.Diagnostics;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Numerics;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Measures the samples of a cell and keeps pictures of them. What an earlier record of the same samples has of its metrics is not measured again.</summary>
internal static class CellJob
{
    internal static JobResult Run(JobDesk desk)
    {
        DeviceMemory.ResetPeak(desk.Device);
        var clock = Stopwatch.StartNew();
        var earlier = desk.Job.Earlier is { } key ? RecordFiles.Read(desk.Results, key) : null;
        var sampled = Sampled(desk, earlier);
        using var samples = new CellSamples(desk, earlier);
        var pictures = samples.Images is { } images ? CellFiles.Keep(desk, images, samples.Truth) : CellFiles.Copy(desk, earlier!);
        var measure = Stopwatch.StartNew();
        var measured = Measuring.Run(desk, samples.Generated, samples.Truths, earlier?.Outcome);
        return new(
            sampled.Outcome with
            {
                Metrics = measured.Values,
                Unavailable = measured.Unavailable,
                MissingWeights = measured.MissingWeights,
                FailedMetrics = measured.Failed,
                Files = [.. pictures, .. measured.Files],
            },
            sampled.Timing with
            {
                Seconds = sampled.Timing.Seconds + clock.Elapsed.TotalSeconds,
                SampleSeconds = sampled.Timing.Seconds,
                MetricSeconds = measure.Elapsed.TotalSeconds,
                PeakBytes = Larger(sampled.Timing.PeakBytes, DeviceMemory.Peak(desk.Device)),
            });
    }

    /// <summary>The record of the samples. One of a host that sampled and measured in one job becomes two.</summary>
    private static JobRecord Sampled(JobDesk desk, JobRecord? earlier)
    {
        var key = desk.Job.Needs[0];
        if (RecordFiles.Read(desk.Results, key) is { Status: Status.Ok } record)
        {
            return record;
        }

        var made = SampledCells.SampleOf(
            desk.Job with
            {
                Key = key,
                Kind = JobKind.Sample,
                Identity = CellAxes.Identity(JobKind.Sample, desk.Job.Axes!),
                Parts = [.. desk.Job.Parts.Where(part => part.Key != Parts.Metrics)],
            },
            earlier ?? throw new InvalidOperationException($"the record {key} of its samples is gone; run the matrix again"));
        SampleFile.Adopt(desk);
        RecordFiles.Write(desk.Results, made);
        return made;
    }

    private static long? Larger(long? a, long? b) => a > b || b is null ? a : b;
}
