using System.CommandLine;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Listing;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx list</c>: what plugins there are, what they take, and what is wrong with those that cannot be used.</summary>
internal static class ListCommand
{
    private static readonly string[] s_formats = ["table", "csv", "json"];

    internal static Command Create()
    {
        var noun = new Argument<string?>("noun")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "What to list; everything if left out.",
        };
        noun.AcceptOnlyFromAmong([.. Catalogue.Nouns, TableListing.Noun]);
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "table", Description = "How to print it." };
        format.AcceptOnlyFromAmong(s_formats);
        var plugins = new Option<string[]>("--plugins")
        {
            Description = "Folders to look for plugins in, instead of plugins/ and artifacts/plugins/ of the checkout.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "DIR",
        };
        var results = new Option<string?>("--results") { Description = "For tables: a results folder; shows how much of each has been measured.", HelpName = "RESULTS" };
        var command = new Command(
            "list",
            "Lists methods, samplers, corrections, datasets, metrics, analyses and tasks with their parameters, the state of every DLL, and papers' tables."
            + "\n\nExample: ./dfx list samplers --format csv")
        {
            noun, format, plugins, results,
        };
        command.SetAction(r => r.GetValue(noun) == TableListing.Noun
            ? Fault.Guard(() => TableListing.Run(Console.Out, r.GetValue(format)!, r.GetValue(plugins) ?? [], r.GetValue(results)), Console.Error)
            : Task.FromResult(Run(Console.Out, r.GetValue(noun), r.GetValue(format)!, r.GetValue(plugins) ?? [])));
        return command;
    }

    /// <summary>Prints the listing; 2 if a named folder does not exist.</summary>
    internal static int Run(TextWriter output, string? noun, string format, IReadOnlyList<string> folders)
    {
        if (folders.FirstOrDefault(f => !Directory.Exists(f)) is { } missing)
        {
            Console.Error.WriteLine($"dfx: --plugins {missing}: there is no such folder.");
            return 2;
        }

        var catalog = PluginCatalog.Discover(folders.Count > 0 ? folders : PluginFolders.Default(), PluginFolders.HostAssemblies());
        output.Write(Render(catalog, noun, format));
        return 0;
    }

    private static string Render(PluginCatalog catalog, string? noun, string format) => format switch
    {
        "csv" => CsvListing.Render(catalog, noun),
        "json" => JsonListing.Render(catalog, noun),
        _ => TextListing.Render(catalog, noun),
    };
}
