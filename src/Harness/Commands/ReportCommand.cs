using System.CommandLine;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx report RESULTS</c>: every report once more, from the records alone.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> s_results = ResultsArgument.Of();

    internal static Command Create()
    {
        var command = new Command("report", "Writes leaderboards, tables and claims from the records; needs no plugin and no GPU.\n\nExample: ./dfx report results/smoke")
        {
            s_results,
        };
        command.SetAction(parsed => Fault.Guard(() => Run(new(parsed.GetValue(s_results)!), Console.Out, Console.Error), Console.Error));
        return command;
    }

    private static int Run(ResultsFolder folder, TextWriter output, TextWriter errors)
    {
        void Say(string problem) => OpenResults.Complain([problem], errors);
        var manifest = OpenResults.ManifestOf(folder, Say);
        folder.SweepReports();
        var results = Reports.Write(folder, manifest, Say).Board.Results;
        output.WriteLine($"{results.Cells.Count} cells: {string.Join(", ", results.Cells.CountBy(cell => cell.Status).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Value} {s.Key}"))}");
        Reports.Files(folder).ToList().ForEach(output.WriteLine);
        return 0;
    }
}
