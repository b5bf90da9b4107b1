using Dfx.Harness.Execution.Models;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Runs an analysis and writes its table, with the pictures and texts that belong to it.</summary>
internal static class AnalyseJob
{
    internal static JobResult Run(JobDesk desk)
    {
        List<LoadedModel> loaded = [];
        using var values = new SharedValues();
        var tally = new TrainingTally();
        using var phase = desk.Meter.Open(call => Count(desk, tally, call));
        try
        {
            var trained = Trained(desk, loaded).ToList();
            using var rounding = desk.Rounding();
            var table = desk.Session.Create<IAnalysis>(desk.Job.Analysis!).Run(new AnalysisContext
            {
                Model = desk.ModelContext,
                Trained = trained,
                Store = desk.Store(values, tally),
                Progress = desk.Progress,
                Cancellation = desk.Cancellation,
            });
            var checksums = AnalysisFiles.Write(desk.Results.MakeArtifacts(desk.Job.Key), table);
            return new(new() { Files = [.. checksums.Keys] }, new()) { Checksums = checksums };
        }
        finally
        {
            loaded.ForEach(model => model.Dispose());
        }
    }

    /// <summary>Nobody asks what an analysis evaluates, but what it makes for the store has a cost, which trainings that use it count as theirs.</summary>
    private static void Count(JobDesk desk, TrainingTally tally, NetworkCall call)
    {
        desk.Cancellation.ThrowIfCancellationRequested();
        tally.Count(call);
    }

    private static IEnumerable<TrainedCheckpoint> Trained(JobDesk desk, List<LoadedModel> loaded)
    {
        var spec = desk.Job.Model;
        foreach (var fraction in spec.Method is null ? [] : spec.Training.Checkpoints)
        {
            loaded.Add(Loading.Model(desk, spec, fraction));
            yield return new(fraction, spec.Training.StepOf(fraction), desk.Files(spec.Key).SecondsOf(spec.Training.DueAt(fraction)), loaded[^1].Model);
        }
    }
}
