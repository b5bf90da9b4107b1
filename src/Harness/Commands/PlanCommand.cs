using System.CommandLine;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx plan MATRIX</c>: what a run would do, and why.</summary>
internal static class PlanCommand
{
    private static readonly MatrixOptions s_matrix = new();

    internal static Command Create()
    {
        var command = new Command("plan", "Shows every job: cached, missing, or stale and why.\n\nExample: ./dfx plan matrices/smoke.yaml");
        s_matrix.AddTo(command);
        command.SetAction(parsed => Fault.Guard(() => Run(parsed), Console.Error));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var spawner = new Spawner();
        return Show(MatrixSession.Open(s_matrix, parsed, spawner), Console.Out);
    }

    internal static int Show(MatrixSession session, TextWriter output)
    {
        _ = session.Results.ReadManifest();
        var compared = Comparison.Of(session.Plan, session.Results, problem => Console.Error.WriteLine($"dfx: {problem}"));
        foreach (var job in compared)
        {
            output.WriteLine($"{Word(job.Standing),-15} {job.Job.Identity}{Why(job)}");
        }

        PlanTotals.Write(output, compared);
        return 0;
    }

    private static string Word(Standing standing) => standing == Standing.NotApplicable ? "not applicable" : standing.ToString().ToLowerInvariant();

    private static string Why(Compared job) => job.Standing switch
    {
        Standing.Stale => $": {string.Join(", ", job.Changed)} changed",
        Standing.Failed => $": {job.Record!.Message}",
        Standing.NotApplicable => $": {job.Job.NotApplicable}",
        Standing.Cached when job.Record!.Message is { } message => $": {Store.StatusText.Of(job.Record.Status)}: {message}",
        _ => "",
    };
}
