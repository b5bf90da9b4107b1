using System.Diagnostics;
using Dfx.Numerics;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Samples from a trained model, and writes the samples down until they are measured.</summary>
internal static class SampleJob
{
    internal static JobResult Run(JobDesk desk)
    {
        DeviceMemory.ResetPeak(desk.Device);
        var clock = Stopwatch.StartNew();
        using var loaded = Loading.Model(desk, desk.Job.Model, desk.Job.Sampling!.Checkpoint, desk.Job.Sampling.Average);
        using var correction = Correction(desk);
        Wait(desk.Device);
        var load = clock.Elapsed.TotalSeconds;
        var cell = Setup(desk, loaded.Model, correction);
        using var run = new SamplingRun(desk, cell);
        var warmUp = run.WarmUp();
        run.All();
        SampleFile.Write(desk, run.Images);
        return new(Outcome(desk, loaded, run, cell), Timing(desk, run) with { LoadSeconds = load, WarmUpSeconds = warmUp, PeakBytes = DeviceMemory.Peak(desk.Device) });
    }

    /// <summary>The samples alone, made again: nobody measures how.</summary>
    /// <returns>New: [N, C, H, W] on the CPU.</returns>
    internal static torch.Tensor Again(JobDesk desk)
    {
        using var loaded = Loading.Model(desk, desk.Job.Model, desk.Job.Sampling!.Checkpoint, desk.Job.Sampling.Average);
        using var correction = Correction(desk);
        using var run = new SamplingRun(desk, Setup(desk, loaded.Model, correction));
        run.All();
        return run.Images.alias().DetachFromDisposeScope();
    }

    private static ITrainedCorrection? Correction(JobDesk desk) =>
        desk.Job.Correction is { } correction ? Loading.Correction(desk, correction, desk.Job.Sampling!.CorrectionCheckpoint) : null;

    private static SamplingSetup Setup(JobDesk desk, ITrainedModel model, ITrainedCorrection? correction)
    {
        var setup = SamplingSetup.Of(desk, model, correction);
        return correction is IMatchedControl control ? setup.Matched(desk, control) : setup;
    }

    private static Store.JobOutcome Outcome(JobDesk desk, LoadedModel loaded, SamplingRun run, SamplingSetup cell)
    {
        var trained = desk.Files(desk.Job.Model.Key).CostOf(Due(desk))?.Whole(loaded.Model.Networks, loaded.Source?.Model.Networks);
        return run.Outcome with
        {
            TrainingEvaluations = (double?)trained?.Evaluations,
            TrainingMultiplyAdds = (double?)trained?.MultiplyAdds,
            StoppedAt = cell.Correction is null ? null : cell.Stop,
            Parameters = loaded.Model.Networks.Sum(n => n.Parameters),
            Files = [Planning.Artifacts.Samples],
        };
    }

    private static Store.JobTiming Timing(JobDesk desk, SamplingRun run) => run.Timing with
    {
        TrainSeconds = desk.Files(desk.Job.Model.Key).SecondsOf(Due(desk)),
        CorrectSeconds = desk.Job.Correction is { Key: { } key } correction
            ? desk.Files(key).SecondsOf(correction.Training.DueAt(desk.Job.Sampling!.CorrectionCheckpoint))
            : null,
    };

    private static long Due(JobDesk desk) => desk.Job.Model.Training.DueAt(desk.Job.Sampling!.Checkpoint);

    /// <summary>Waits until the device has done what it was asked to, so that clocks tell the truth.</summary>
    internal static void Wait(torch.Device device)
    {
        if (device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize(device);
        }
    }
}
