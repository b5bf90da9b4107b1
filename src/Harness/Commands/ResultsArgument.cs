using System.CommandLine;

namespace Dfx.Harness.Commands;

/// <summary>What commands that look at results have in common on the command line.</summary>
internal static class ResultsArgument
{
    internal static Argument<string> Of(string name = "RESULTS") => new(name) { Description = "A results folder, such as results/smoke." };

    internal static Option<string> Format(params string[] formats)
    {
        var option = new Option<string>("--format") { DefaultValueFactory = _ => formats[0], Description = $"How to print it: {string.Join(", ", formats)}." };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
