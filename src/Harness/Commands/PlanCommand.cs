using System.CommandLine;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx plan MATRIX</c>: what a run would do, and why.</summary>
internal static class PlanCommand
{
    private static readonly MatrixOptions s_matrix = new();
    private static readonly WorkerOption s_workers = new();

    private static readonly Option<bool> s_measure = new("--measure")
    {
        Description = "Rehearses the jobs that are left, a few steps and images of each kind, and says how long they will take on this machine.",
    };

    internal static Command Create(Interruption? interruption = null)
    {
        var command = new Command("plan", "Shows every job: cached, missing, or stale and why.\n\nExample: ./dfx plan matrices/smoke.yaml");
        s_matrix.AddTo(command);
        command.Options.Add(s_workers.Option);
        command.Options.Add(s_measure);
        command.SetAction((parsed, cancellation) => Fault.Guard(() => Run(parsed, interruption, cancellation), Console.Error));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Interruption? interruption, CancellationToken cancellation)
    {
        using var spawner = new Spawner();
        interruption?.Last(spawner.EndAll);
        var session = MatrixSession.Open(s_matrix, parsed, spawner);
        var compared = Show(session, Console.Out);
        if (!parsed.GetValue(s_measure))
        {
            PlanTotals.Write(Console.Out, compared);
            return 0;
        }

        PlanTotals.WriteCounts(Console.Out, compared);
        var workers = s_workers.Of(parsed, session);
        PlanTotals.Write(Console.Out, await PlanRehearsal.Run(session, compared, workers, spawner, Console.Out, cancellation).ConfigureAwait(false), workers);
        return 0;
    }

    /// <summary>Every job, and how it stands.</summary>
    internal static IReadOnlyList<Compared> Show(MatrixSession session, TextWriter output)
    {
        _ = session.Results.ReadManifest();
        var compared = Comparison.Of(session.Plan, session.Results, problem => Console.Error.WriteLine($"dfx: {problem}"));
        var blocked = Blocking.Of(compared);
        foreach (var job in compared)
        {
            output.WriteLine($"{Word(job.Standing),-15} {job.Job.Identity}{Why(job)}{(blocked.TryGetValue(job.Job.Key, out var culprit) ? $"; {Blocking.Words(culprit)}" : "")}");
        }

        return compared;
    }

    private static string Word(Standing standing) => standing == Standing.NotApplicable ? "not applicable" : standing.ToString().ToLowerInvariant();

    private static string Why(Compared job) => job.Standing switch
    {
        Standing.Stale => $": {string.Join(", ", job.Changed)} changed{(job.Changed is [Parts.Metrics] ? "; what was sampled stays" : "")}",
        Standing.Failed => $": {job.Record!.Message}",
        Standing.NotApplicable => $": {job.Job.NotApplicable}",
        Standing.Cached when job.Record!.Message is { } message => $": {Store.StatusText.Of(job.Record.Status)}: {message}",
        _ => "",
    };
}
