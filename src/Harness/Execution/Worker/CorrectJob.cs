using Dfx.Harness.Execution.Models;
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
        using var teacher = spec.Teacher is null ? null : Loading.Correction(desk, spec.Teacher, NetworkOwner.Source);
        using var rounding = desk.Rounding();
        using var correction = desk.Session.Create<ICorrection>(spec.Plugin).Train(new CorrectionContext
        {
            Source = (IDenoiser)source.Model,
            Teacher = teacher,
            Training = desk.TrainingContext(spec.Training, host, desk.Context(desk.Job.Model, NetworkOwner.Correction) with { Scope = Scope, Augmented = false }),
        });
        host.Keep(1.0, correction.ToCheckpoint());
        var cost = host.Cost.Whole(correction.Network is { } network ? [network] : [], null);
        return new(
            new()
            {
                Parameters = correction.Network?.Parameters ?? 0,
                TrainingEvaluations = (double?)cost?.Evaluations,
                TrainingMultiplyAdds = (double?)cost?.MultiplyAdds,
                Files = [TrainingFiles.CheckpointName(spec.Training.DueAt(1.0))],
            },
            new() { Seconds = host.Seconds });
    }
}
