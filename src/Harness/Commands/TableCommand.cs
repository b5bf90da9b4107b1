using System.CommandLine;
using Dfx.Harness.Reporting.Tables;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx table ID RESULTS</c>: a paper's table with the published numbers beside the measured ones.</summary>
internal static class TableCommand
{
    private static readonly Argument<string> s_id = new("ID") { Description = "The table, as dfx list tables names it." };
    private static readonly Argument<string> s_results = ResultsArgument.Of();
    private static readonly Option<string> s_format = ResultsArgument.Format("md", "csv", "latex");

    internal static Command Create()
    {
        var command = new Command("table", "Prints a paper's table with published and measured numbers.\n\nExample: ./dfx table stf-1 results/stf --format latex")
        {
            s_id, s_results, s_format,
        };
        command.SetAction(parsed => Fault.Guard(
            () => Run(parsed.GetValue(s_id)!, OpenResults.Open(parsed.GetValue(s_results)!, Console.Error), parsed.GetValue(s_format)!, Console.Out), Console.Error));
        return command;
    }

    private static int Run(string id, OpenResults opened, string format, TextWriter output)
    {
        var tables = opened.Definitions.Tables;
        var table = tables.FirstOrDefault(t => t.Definition.Id == id) ?? throw Unknown(id, [.. tables.Select(t => t.Definition.Id)]);
        var filled = PaperTables.Of(table.Definition, table.Published, opened.Board);
        output.Write(format switch
        {
            "csv" => TableText.Csv(filled),
            "latex" => TableText.Latex(filled, opened.Board.Results),
            _ => TableText.Markdown(filled, opened.Board.Results),
        });
        return 0;
    }

    private static UsageException Unknown(string id, IReadOnlyList<string> ids) => new(ids.Count == 0
        ? $"there is no table '{id}': the results have no tables, for none of their plugins brings one"
        : $"there is no table '{id}'; the nearest is '{NearestName.Of(id, ids)}' (dfx list tables --results shows all)");
}
