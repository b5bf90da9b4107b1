using System.Globalization;
using Dfx.Harness.Execution.Models;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Collects what a correction learns from of its source, or goes on with what was interrupted.</summary>
internal static class CollectJob
{
    internal static JobResult Run(JobDesk desk)
    {
        var spec = desk.Job.Correction!;
        using var source = Loading.Denoiser(desk, spec.Source);
        using var host = new CollectionHost(
            desk.Collection(desk.Job.Key), source.Model.Networks, desk.Progress, desk.Job.FirstPartOnly ? 1 : int.MaxValue, desk.Cancellation);
        Collect(desk, (IDenoiser)source.Model, host);
        using var made = desk.Collection(desk.Job.Key).Open(host.Parts);
        var reported = desk.Job.FirstPartOnly ? host.Reported : null;
        return new(
            new()
            {
                CollectedRows = made.Rows,
                EvaluationsPerRow = made.Rows == 0 ? 0 : Math.Round((double)host.Counts.Main / made.Rows, 9),
                CollectionMultiplyAdds = (double?)host.Counts.MultiplyAdds,
                NfeCounted = host.Counts.Declared ? EvaluationCounts.DeclaredWord : EvaluationCounts.MeasuredWord,
                Files = [.. Enumerable.Range(0, host.Parts).Select(CollectionFiles.Name)],
            },
            new() { Seconds = host.Seconds, CollectionSeconds = reported?.Seconds ?? host.Seconds, CollectedShare = reported?.Share });
    }

    /// <summary>What people want to know of a collection: how many rows it has, and what a row took; null for what other jobs gave.</summary>
    internal static string? Words(JobOutcome outcome) => outcome.CollectedRows is { } rows
        ? string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {outcome.EvaluationsPerRow:0.###} evaluations of the source a row")
        : null;

    private static void Collect(JobDesk desk, IDenoiser source, CollectionHost host)
    {
        using var phase = desk.Meter.Open(host.Meter.Count);
        using var scope = torch.NewDisposeScope();
        var model = desk.Context(desk.Job.Model, NetworkOwner.Model) with { Augmented = false };
        host.Collect(desk.Session.Create<ICollectingCorrection>(desk.Job.Correction!.Plugin), source, model, desk.Job.Model.Training.Flip);
    }
}
