using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Trains a correction on its source's trajectories.</summary>
internal static class CorrectJob
{
    internal static JobResult Run(JobDesk desk)
    {
        var spec = desk.Job.Correction!;
        var files = desk.Files(desk.Job.Key);
        var host = new TrainingHost(files, spec.Training.StepOf, desk.SaveSeconds, desk.Progress);
        using var source = Loading.Denoiser(desk, spec.Source);
        using var teacher = spec.Teacher is null ? null : Loading.Correction(desk, spec.Teacher);
        using var correction = desk.Session.Create<ICorrection>(spec.Plugin).Train(new CorrectionContext
        {
            Source = source,
            Teacher = teacher,
            Training = desk.TrainingContext(spec.Training, host),
        });
        host.Keep(1.0, correction.ToCheckpoint());
        return new(
            new() { Parameters = correction.Network.Parameters, Files = [TrainingFiles.CheckpointName(spec.Training.StepOf(1.0))] },
            new() { Seconds = host.Seconds });
    }
}
