using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Planning.Pricing;

/// <summary>What a job will take, from what a smaller one of its kind took.</summary>
internal static class Price
{
    /// <summary>Seconds of <paramref name="job"/> once it runs; null if what was rehearsed does not tell. Those of measuring a cell, others of its kind tell.</summary>
    /// <param name="job">The job.</param>
    /// <param name="small">The rehearsed one.</param>
    /// <param name="timing">What that took.</param>
    internal static double? Of(Job job, Job small, JobTiming timing) => job.Kind switch
    {
        JobKind.Train => job.Model.Training.Budget * UnitSeconds(small.Model.Training, timing),
        JobKind.Collect => Collection(timing),
        JobKind.Correct => job.Correction!.Training.Budget * timing.Seconds / small.Correction!.Training.Budget,
        JobKind.Sample => Fixed(timing, small.Sampling!.Samples) + Sampling(job.Sampling!, small.Sampling, timing),
        _ => 0,
    };

    /// <summary>Seconds of sampling that neither samples nor budget change: loading.</summary>
    private static double Fixed(JobTiming timing, int samples) =>
        Math.Max(0, timing.Seconds - (timing.SecondsPerImage!.Value * samples) - OutsideSeconds(timing));

    // Beside what is collected, the job loads the model.
    private static double? Collection(JobTiming timing) => timing is { CollectedShare: > 0 and var share, CollectionSeconds: { } first }
        ? timing.Seconds - first + (first / share)
        : null;

    // A step, or a training evaluation.
    private static double UnitSeconds(TrainingSettings small, JobTiming timing) =>
        (timing.Checkpoints![^1] - timing.Checkpoints[0]) / (small.Budget - small.DueAt(Rehearsal.Beginning));

    private static double Sampling(SamplingSpec sampling, SamplingSpec small, JobTiming timing)
    {
        var evaluations = (double)sampling.Nfe / small.Nfe;
        return evaluations * ((sampling.Samples * timing.SecondsPerImage!.Value) + OutsideSeconds(timing));
    }

    // The first images and the latency, which is measured three times.
    private static double OutsideSeconds(JobTiming timing) => (timing.WarmUpSeconds ?? 0) + (3 * (timing.LatencySeconds ?? 0));
}
