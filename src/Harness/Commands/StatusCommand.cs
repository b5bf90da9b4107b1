using System.CommandLine;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx status RESULTS</c>: what is done, running, failed and why, and left.</summary>
internal static class StatusCommand
{
    private static readonly Argument<string> s_results = new("RESULTS") { Description = "A results folder, such as results/smoke." };

    internal static Command Create()
    {
        var command = new Command("status", "Shows what is done, running, failed (and why) and left.\n\nExample: ./dfx status results/smoke");
        command.Arguments.Add(s_results);
        command.SetAction(parsed => Fault.Guard(() => Show(new(parsed.GetValue(s_results)!), Console.Out), Console.Error));
        return command;
    }

    private static int Show(ResultsFolder folder, TextWriter output)
    {
        var manifest = OpenResults.ManifestOf(folder, output.WriteLine);
        var results = Results.Read(folder, manifest, output.WriteLine);
        foreach (var job in Running(folder, output.WriteLine))
        {
            output.WriteLine($"running  {job.Identity}: {ProgressText.Of(new(job.Done, job.Total, job.Note), job.Rate)}");
        }

        foreach (var job in manifest.Jobs.Where(job => job.IsCollection))
        {
            if (RecordFiles.Read(folder, job.Key, output.WriteLine) is { Status: Status.Ok } record)
            {
                output.WriteLine($"ok       {job.Identity}: {record.Message}");
            }
        }

        foreach (var group in results.Cells.Where(cell => cell.Message is not null).GroupBy(cell => (cell.Status, cell.Message)))
        {
            output.WriteLine($"{group.Key.Status}  {group.Count()} cells: {group.Key.Message}");
        }

        foreach (var (status, count) in results.Cells.CountBy(cell => cell.Status).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count,6} {status}");
        }

        output.WriteLine($"{results.Cells.Count,6} cells");
        return 0;
    }

    private static IReadOnlyList<RunningJob> Running(ResultsFolder folder, Action<string> complain) =>
        RunningState.Read(folder, complain) is { } state && Directory.Exists($"/proc/{state.ProcessId}") ? state.Jobs : [];
}
