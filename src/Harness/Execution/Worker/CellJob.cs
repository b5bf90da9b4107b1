using System.Diagnostics;
using Dfx.Data.Images;
using Dfx.Harness.Planning;
using Dfx.Numerics;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Samples from a trained model, keeps a grid of the images, and measures them.</summary>
internal static class CellJob
{
    private const string GridName = "grid.png";
    private const int GridSide = 8;

    internal static JobResult Run(JobDesk desk)
    {
        var spec = desk.Job.Sampling!;
        DeviceMemory.ResetPeak(desk.Device);
        var clock = Stopwatch.StartNew();
        using var loaded = Loading.Model(desk, desk.Job.Model, spec.Checkpoint, spec.Average);
        var model = loaded.Model;
        using var correction = desk.Job.Correction is { } c ? Loading.Correction(desk, c) : null;
        var cell = SamplingSetup.Of(desk, model, correction);
        Wait(desk.Device);
        var load = clock.Elapsed.TotalSeconds;
        using var run = new SamplingRun(desk, cell);
        var warmUp = run.WarmUp();
        run.All();
        var files = Keep(desk, spec, run.Images);
        var measure = Stopwatch.StartNew();
        var measured = Measuring.Run(desk, run.Images, run.Truth);
        return new(
            new()
            {
                NfeUsed = Math.Round(run.NfeMain, 9),
                NfeAuxiliary = Math.Round(run.NfeAuxiliary, 9),
                NfeCorrection = correction?.Network is null ? 0 : 1,
                StoppedAt = correction is null ? null : cell.Stop,
                Parameters = model.Networks.Sum(n => n.Parameters),
                Metrics = measured.Values,
                Unavailable = measured.Unavailable,
                FailedMetrics = measured.Failed,
                Files = files,
            },
            run.Timing with
            {
                TrainSeconds = desk.Files(desk.Job.Model.Key).SecondsOf(desk.Job.Model.Training.StepOf(spec.Checkpoint)),
                LoadSeconds = load,
                WarmUpSeconds = warmUp,
                MetricSeconds = measure.Elapsed.TotalSeconds,
                PeakBytes = DeviceMemory.Peak(desk.Device),
            });
    }

    /// <summary>Waits until the device has done what it was asked to, so that clocks tell the truth.</summary>
    internal static void Wait(torch.Device device)
    {
        if (device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize(device);
        }
    }

    private static List<string> Keep(JobDesk desk, SamplingSpec spec, torch.Tensor images)
    {
        var folder = desk.Results.ArtifactsOf(desk.Job.Key);
        Directory.CreateDirectory(folder);
        List<string> files = [];
        if (desk.ModelContext.Data.IsImages && images.shape[1] is 1 or 3)
        {
            using var scope = torch.NewDisposeScope();
            var first = images.narrow(0, 0, Math.Min(images.shape[0], GridSide * GridSide));
            var scale = (int)Math.Max(1, 64 / images.shape[3]);
            Png.Write(Path.Combine(folder, GridName), ImageGrid.Compose(first, GridSide, 1, scale));
            files.Add(GridName);
        }

        if (spec.KeepSamples)
        {
            Npz.Save(Path.Combine(folder, Artifacts.Samples), [new("samples", images)], compress: true);
            files.Add(Artifacts.Samples);
        }

        return files;
    }
}
