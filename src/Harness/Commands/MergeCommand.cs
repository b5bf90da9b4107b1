using System.CommandLine;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Harness.Store.Merging;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx merge OUT A B…</c>: joins the results of several machines. 1 if two of them contradict each other.</summary>
internal static class MergeCommand
{
    private static readonly Argument<string> s_target = new("OUT") { Description = "The new results folder." };

    private static readonly Argument<string[]> s_sources = new("RESULTS")
    {
        Description = "The results folders; of two versions of one result the first counts.",
        Arity = ArgumentArity.OneOrMore,
    };

    internal static Command Create()
    {
        var command = new Command("merge", "Joins results folders; one key with two contents is a conflict, which is reported.\n\nExample: ./dfx merge results/all results/a results/b")
        {
            s_target, s_sources,
        };
        command.SetAction((parsed, cancellation) => Fault.Guard(
            () => Run(new(parsed.GetValue(s_target)!), [.. parsed.GetValue(s_sources)!.Select(path => new ResultsFolder(path))], Console.Out, Console.Error, cancellation), Console.Error));
        return command;
    }

    private static int Run(ResultsFolder target, IReadOnlyList<ResultsFolder> sources, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (Directory.Exists(target.Root) && Directory.EnumerateFileSystemEntries(target.Root).Any())
        {
            throw new UsageException($"{target.Root} is there already: name a new folder, or remove it");
        }

        void Say(string problem) => OpenResults.Complain([problem], errors);
        List<Manifest> manifests = [.. sources.Select(source => OpenResults.ManifestOf(source, Say))];
        target.Create();
        using var held = RunLock.Take(target);
        if (Joined(target, [.. sources.Zip(manifests)], Say, cancellation) is not { } conflicts)
        {
            errors.WriteLine($"dfx: interrupted; {target.Root} was not finished, and is removed.");
            return Fault.Interrupted;
        }

        var results = Reports.Write(target, OpenResults.ManifestOf(target, Say), Say).Board.Results;
        conflicts.ToList().ForEach(conflict => output.WriteLine($"conflict: {conflict}"));
        output.WriteLine($"{results.Cells.Count} cells of {sources.Count} folders, {conflicts.Count} conflicts: {target.Root}");
        return conflicts.Count > 0 ? 1 : 0;
    }

    /// <summary>The conflicts; null where the merge is stopped. A folder with a part of the results would look like one with all of them, so it goes again then.</summary>
    private static IReadOnlyList<string>? Joined(
        ResultsFolder target, IReadOnlyList<(ResultsFolder, Manifest)> sources, Action<string> complain, CancellationToken cancellation)
    {
        try
        {
            return Merger.Merge(target, sources, complain, cancellation);
        }
        catch (OperationCanceledException)
        {
            Directory.Delete(target.Root, recursive: true);
            return null;
        }
    }
}
