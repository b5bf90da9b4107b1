using System.CommandLine;
using Dfx.Harness.Exporting;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx export RESULTS CELL</c>: a cell's samples and features in the forms that other programs read.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> s_results = new("RESULTS") { Description = "A results folder, such as results/smoke." };

    private static readonly Argument<string> s_cell = new("CELL")
    {
        Description = "The key of a cell, or its first digits: the column key of cells.csv.",
    };

    private static readonly Option<string?> s_to = new("--to")
    {
        Description = "The folder to write to; by default export/ and the first digits of the key, in the results folder.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> s_rgb = new("--rgb")
    {
        Description = "Repeat grey three times, for programs that read RGB alone.",
    };

    internal static Command Create()
    {
        var command = new Command(
            "export",
            "Writes a cell's samples as PNG files and as .npz, and its features as .npz, so that anyone can check its numbers."
            + "\n\nExample: ./dfx export results/quick 3fa94c --to /tmp/samples")
        {
            s_results, s_cell, s_to, s_rgb,
        };
        command.SetAction(parsed => Fault.Guard(
            () => Run(
                new(parsed.GetValue(s_results)!), parsed.GetValue(s_cell)!, parsed.GetValue(s_to), parsed.GetValue(s_rgb), Console.Out),
            Console.Error));
        return command;
    }

    /// <exception cref="UsageException">There is no such cell, or it has no samples.</exception>
    internal static int Run(ResultsFolder results, string cell, string? to, bool rgb, TextWriter output)
    {
        var found = ExportedCell.Find(results, cell, problem => OpenResults.Complain([problem], Console.Error));
        var folder = to is null
            ? results.Make(Path.Combine(results.Root, "export", found.Record.Key[..Math.Min(found.Record.Key.Length, 12)]))
            : Path.GetFullPath(to);
        foreach (var line in Export.Write(results, found, folder, rgb))
        {
            output.WriteLine(line);
        }

        return 0;
    }
}
