using System.Runtime.ExceptionServices;
using Dfx.Harness.Execution.Models;
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
        using var source = Loading.Source(desk, desk.Job.Model, NetworkOwner.Source);
        var method = desk.Session.Create<IMethod<ITrainedModel>>(desk.Job.Model.Method!);
        var context = Context(desk, source);
        CheckUses(desk, context);
        using var rounding = desk.Rounding();
        using var model = method.Train(desk.TrainingContext(settings, host, context));
        if (!files.HasCheckpoint(settings.Budget))
        {
            host.Keep(1.0, model.ToCheckpoint());
        }

        var kept = Checkpoints(settings).ToList();
        kept.ForEach(checkpoint => Expect(files, settings, checkpoint));
        var cost = host.Cost.Whole(model.Networks, source?.Model.Networks);
        return new(
            new()
            {
                Parameters = model.Networks.Sum(n => n.Parameters),
                TrainingEvaluations = (double?)cost?.Evaluations,
                TrainingMultiplyAdds = (double?)cost?.MultiplyAdds,
                Files = [.. kept.Select(k => TrainingFiles.CheckpointName(k.Due, k.Average))],
            },
            new() { Seconds = host.Seconds, Checkpoints = [.. settings.Checkpoints.Select(f => files.SecondsOf(settings.DueAt(f)))] });
    }

    /// <summary>A model that nobody could use is not trained. Of one that some cells can use the others say why they cannot.</summary>
    private static void CheckUses(JobDesk desk, ModelContext context)
    {
        List<Exception> problems = [];
        foreach (var use in desk.Job.Uses)
        {
            try
            {
                (desk.Session.Create<IMethod<ITrainedModel>>(use) as IUseCheck)?.CheckUse(context);
            }
            catch (Exception e) when (e is ArgumentException or NotApplicableException)
            {
                problems.Add(e);
            }
        }

        if (problems.Count > 0 && problems.Count == desk.Job.Uses.Count)
        {
            // What is not applicable is never tried again, but another matrix may use the same training otherwise.
            ExceptionDispatchInfo.Throw(problems[0] is NotApplicableException e ? new ArgumentException(e.Message, e) : problems[0]);
        }
    }

    private static IEnumerable<(long Due, int Average)> Checkpoints(TrainingSettings settings) =>
        settings.Checkpoints.SelectMany(f => Enumerable.Range(0, settings.Averages).Select(average => (settings.DueAt(f), average)));

    private static void Expect(TrainingFiles files, TrainingSettings settings, (long Due, int Average) checkpoint)
    {
        files.Expect(settings, checkpoint.Due, "method");
        if (!files.HasCheckpoint(checkpoint.Due, checkpoint.Average))
        {
            throw new InvalidOperationException(
                $"the method keeps no more than one moving average: give it a training of its own with one ema instead of {settings.Averages}");
        }
    }

    private static ModelContext Context(JobDesk desk, LoadedModel? source) =>
        source is null ? desk.ModelContext : desk.ModelContext with { Source = source.Model, Scope = FitScope };
}
