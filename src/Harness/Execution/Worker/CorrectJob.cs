using Dfx.Harness.Execution.Models;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Trains a correction on its source's trajectories.</summary>
internal static class CorrectJob
{
    /// <summary>What stands before the purposes of a correction's random numbers: it shares none with its source.</summary>
    private const string Scope = "correct/";

    internal static JobResult Run(JobDesk desk)
    {
        var spec = desk.Job.Correction!;
        using var host = desk.TrainingHost(spec.Training);
        using var source = Loading.Denoiser(desk, spec.Source);
        using var teacher = spec.Teacher is null ? null : Loading.Correction(desk, spec.Teacher, owner: NetworkOwner.Source);
        using var collection = spec.Collection is null ? null : Collected(desk, spec.Collection);
        if (collection is not null)
        {
            host.Use("collection", collection.Cost);
        }

        using var correction = desk.Session.Create<ICorrection>(spec.Plugin).Train(new CorrectionContext
        {
            Source = (IDenoiser)source.Model,
            Teacher = teacher,
            Collection = collection,
            Training = Context(desk, spec, host),
        });
        host.Keep(1.0, correction.ToCheckpoint());
        var (due, files) = (spec.Training.Checkpoints.Select(spec.Training.DueAt).ToList(), desk.Files(desk.Job.Key));
        due.ForEach(checkpoint => files.Expect(spec.Training, checkpoint, "correction"));
        var cost = host.Cost.Whole(correction.Network is { } network ? [network] : [], null);
        return new(
            new()
            {
                Parameters = correction.Network?.Parameters ?? 0,
                TrainingEvaluations = (double?)cost?.Evaluations,
                TrainingMultiplyAdds = (double?)cost?.MultiplyAdds,
                Files = [.. due.Select(checkpoint => TrainingFiles.CheckpointName(checkpoint))],
            },
            new() { Seconds = host.Seconds, Checkpoints = due.Count == 1 ? null : [.. due.Select(files.SecondsOf)] });
    }

    private static TrainingContext Context(JobDesk desk, CorrectionSpec spec, TrainingHost host)
    {
        var model = desk.Context(desk.Job.Model, NetworkOwner.Correction) with { Scope = Scope, Augmented = false };
        return desk.TrainingContext(spec.Training, host, model) with { Weights = id => TrainingWeights.Path(id, spec.Weights) };
    }

    /// <summary>What the collect job left: all of the parts that its record lists.</summary>
    private static Collection Collected(JobDesk desk, string key) => desk.Collection(key).Open(
        (RecordFiles.Read(desk.Results, key) ?? throw new InvalidOperationException($"{desk.Results.RecordPath(key)} is gone, so nobody knows how many rows were collected; run the matrix again")).Outcome.Files.Count);
}
