using System.CommandLine;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Changes;
using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx compare A B</c>: what changed between two runs.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> s_before = ResultsArgument.Of("A");
    private static readonly Argument<string> s_after = ResultsArgument.Of("B");
    private static readonly Option<string> s_format = ResultsArgument.Format("md", "csv");

    internal static Command Create()
    {
        var command = new Command("compare", "Shows what changed from A to B: cells, statuses, metrics with intervals.\n\nExample: ./dfx compare results/before results/after")
        {
            s_before, s_after, s_format,
        };
        command.SetAction(parsed => Fault.Guard(
            () => Run(
                OpenResults.Open(parsed.GetValue(s_before)!, Console.Error).Board, OpenResults.Open(parsed.GetValue(s_after)!, Console.Error).Board,
                parsed.GetValue(s_format)!, Console.Out), Console.Error));
        return command;
    }

    private static int Run(Leaderboard before, Leaderboard after, string format, TextWriter output)
    {
        var changes = Change.Between(before, after);
        output.Write(format == "csv" ? CsvFile.Render(ChangesText.Header, ChangesText.Rows(changes)) : MarkdownGrid.Render(ChangesText.Grid(before, after, changes)));
        return 0;
    }
}
