using Dfx.Harness.Planning;
using Dfx.Numerics;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Asks a correction whether its options can work, before anything is trained.</summary>
internal static class CorrectionCheck
{
    internal static CorrectionAnswer Of(WorkerSession session, CorrectionQuestion question) => Of(session, question, AddedWeights.Path);

    /// <summary>The same with the place of added weights given.</summary>
    internal static CorrectionAnswer Of(WorkerSession session, CorrectionQuestion question, Func<string, string?> added)
    {
        if (session.Create<ICorrection>(question.Correction) is not ICorrectionCheck correction)
        {
            return CorrectionAnswer.None;
        }

        Libtorch.Load();
        using var scope = torch.NewDisposeScope();
        var weights = new SortedDictionary<string, string>(StringComparer.Ordinal);

        // What fails here is no reason of the correction's: the jobs of whoever fails will tell.
        var plan = new CorrectionPlan
        {
            Model = session.Context(question.Source, torch.CPU),
            Schedule = (session.Create(question.Source.Method!) as IScheduledMethod)?.Schedule,
            Teacher = question.Teacher is null ? null : session.Create<ICorrection>(question.Teacher),
            Weights = id => Weights(id, added, weights),
        };
        try
        {
            correction.Check(plan);
        }
        catch (Exception e) when (e is ArgumentException or NotApplicableException)
        {
            return e is NotApplicableException ? new() { NotApplicable = e.Message } : new() { Error = e.Message };
        }

        return weights.Count == 0 ? CorrectionAnswer.None : new() { Weights = weights };
    }

    // What was asked for is what will be trained with.
    private static string? Weights(string id, Func<string, string?> added, SortedDictionary<string, string> asked)
    {
        var path = added(id);
        if (path is not null)
        {
            asked[id] = AddedWeights.Hash(path);
        }

        return path;
    }
}
