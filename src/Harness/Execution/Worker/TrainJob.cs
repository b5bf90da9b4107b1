using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Trains a model, or goes on with the training that was interrupted.</summary>
internal static class TrainJob
{
    /// <summary>What stands before the purposes of a fit's random numbers: it shares none with the training of its source.</summary>
    private const string FitScope = "fit/";

    internal static JobResult Run(JobDesk desk)
    {
        var settings = desk.Job.Model.Training;
        var files = desk.Files(desk.Job.Key);
        using var host = desk.TrainingHost(settings);
        using var source = Loading.Source(desk, desk.Job.Model);
        var method = desk.Session.Create<IMethod<ITrainedModel>>(desk.Job.Model.Method!);
        using var model = method.Train(desk.TrainingContext(settings, host, Context(desk, source)));
        var kept = settings.Checkpoints.Select(settings.StepOf).ToList();
        if (!files.HasCheckpoint(kept[^1]))
        {
            host.Keep(1.0, model.ToCheckpoint());
        }

        if (kept.Find(step => !files.HasCheckpoint(step)) is var forgotten and > 0)
        {
            throw new InvalidOperationException($"the method did not keep its checkpoint at step {forgotten} of {settings.Steps}");
        }

        return new(
            new() { Parameters = model.Networks.Sum(n => n.Parameters), Files = [.. kept.Select(TrainingFiles.CheckpointName)] },
            new() { Seconds = host.Seconds, Checkpoints = [.. kept.Select(files.SecondsOf)] });
    }

    private static ModelContext Context(JobDesk desk, LoadedModel? source) =>
        source is null ? desk.ModelContext : desk.ModelContext with { Source = source.Model, Scope = FitScope };
}
