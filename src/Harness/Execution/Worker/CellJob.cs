using System.Diagnostics;
using Dfx.Numerics;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Samples from a trained model, keeps pictures of the images, and measures them.</summary>
internal static class CellJob
{
    internal static JobResult Run(JobDesk desk)
    {
        var spec = desk.Job.Sampling!;
        DeviceMemory.ResetPeak(desk.Device);
        var clock = Stopwatch.StartNew();
        using var loaded = Loading.Model(desk, desk.Job.Model, spec.Checkpoint, spec.Average);
        var model = loaded.Model;
        using var correction = desk.Job.Correction is { } c ? Loading.Correction(desk, c, spec.CorrectionCheckpoint) : null;
        Wait(desk.Device);
        var load = clock.Elapsed.TotalSeconds;
        var cell = Setup(desk, model, correction);
        using var run = new SamplingRun(desk, cell);
        var warmUp = run.WarmUp();
        run.All();
        var files = CellFiles.Keep(desk, run);
        var measure = Stopwatch.StartNew();
        var measured = Measuring.Run(desk, run.Images, run.Truth);
        var due = desk.Job.Model.Training.DueAt(spec.Checkpoint);
        var trained = desk.Files(desk.Job.Model.Key).CostOf(due)?.Whole(model.Networks, loaded.Source?.Model.Networks);
        return new(
            run.Outcome with
            {
                TrainingEvaluations = (double?)trained?.Evaluations,
                TrainingMultiplyAdds = (double?)trained?.MultiplyAdds,
                StoppedAt = cell.Correction is null ? null : cell.Stop,
                Parameters = model.Networks.Sum(n => n.Parameters),
                Metrics = measured.Values,
                Unavailable = measured.Unavailable,
                MissingWeights = measured.MissingWeights,
                FailedMetrics = measured.Failed,
                Files = [.. files, .. measured.Files],
            },
            run.Timing with
            {
                TrainSeconds = desk.Files(desk.Job.Model.Key).SecondsOf(due),
                CorrectSeconds = desk.Job.Correction is { Key: { } key } trainedCorrection
                    ? desk.Files(key).SecondsOf(trainedCorrection.Training.DueAt(spec.CorrectionCheckpoint))
                    : null,
                LoadSeconds = load,
                WarmUpSeconds = warmUp,
                MetricSeconds = measure.Elapsed.TotalSeconds,
                PeakBytes = DeviceMemory.Peak(desk.Device),
            });
    }

    private static SamplingSetup Setup(JobDesk desk, ITrainedModel model, ITrainedCorrection? correction)
    {
        var setup = SamplingSetup.Of(desk, model, correction);
        return correction is IMatchedControl control ? setup.Matched(desk, control) : setup;
    }

    /// <summary>Waits until the device has done what it was asked to, so that clocks tell the truth.</summary>
    internal static void Wait(torch.Device device)
    {
        if (device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize(device);
        }
    }
}
