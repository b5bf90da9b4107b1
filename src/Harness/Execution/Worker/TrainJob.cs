using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Trains a model, or goes on with the training that was interrupted.</summary>
internal static class TrainJob
{
    internal static JobResult Run(JobDesk desk)
    {
        var settings = desk.Job.Model.Training;
        var files = desk.Files(desk.Job.Key);
        var host = new TrainingHost(files, settings.StepOf, desk.SaveSeconds, desk.Progress);
        using var model = desk.Session.Create<IMethod<ITrainedModel>>(desk.Job.Model.Method!).Train(desk.TrainingContext(settings, host));
        var kept = settings.Checkpoints.Select(settings.StepOf).ToList();
        if (!files.HasCheckpoint(kept[^1]))
        {
            host.Keep(1.0, model);
        }

        if (kept.Find(step => !files.HasCheckpoint(step)) is var forgotten and > 0)
        {
            throw new InvalidOperationException($"the method did not keep its checkpoint at step {forgotten} of {settings.Steps}");
        }

        return new(
            new() { Parameters = model.Networks.Sum(n => n.Parameters), Files = [.. kept.Select(TrainingFiles.CheckpointName)] },
            new() { Seconds = host.Seconds, Checkpoints = [.. kept.Select(files.SecondsOf)] });
    }
}
