using System.CommandLine;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx claims RESULTS</c>: what the results say of the papers' claims. The exit code is 0 whatever they say.</summary>
internal static class ClaimsCommand
{
    private static readonly Argument<string> s_results = ResultsArgument.Of();
    private static readonly Option<string> s_format = ResultsArgument.Format("text", "md", "csv");

    internal static Command Create()
    {
        var command = new Command("claims", "Gives each claim of the papers a verdict: reproduced, contradicted or undecided.\n\nExample: ./dfx claims results/stf")
        {
            s_results, s_format,
        };
        command.SetAction(parsed => Fault.Guard(
            () => Run(OpenResults.Open(parsed.GetValue(s_results)!, Console.Error), parsed.GetValue(s_format)!, Console.Out), Console.Error));
        return command;
    }

    private static int Run(OpenResults opened, string format, TextWriter output)
    {
        List<ClaimResult> claims = [.. opened.Definitions.Claims.Select(claim => ClaimResult.Of(claim, opened.Board))];
        output.Write(format switch
        {
            "csv" => CsvFile.Render(ClaimsCsv.Header, ClaimsCsv.Rows(claims)),
            "md" => ClaimsText.Markdown(opened.Board.Results, claims),
            _ => ClaimsText.Lines(claims),
        });
        return 0;
    }
}
