using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary>A results folder that a command was pointed at.</summary>
internal sealed record OpenResults(ResultsFolder Folder, Manifest Manifest, Leaderboard Board, DefinitionSet Definitions)
{
    /// <summary>Reads a results folder; what of it cannot be used is named and left alone.</summary>
    /// <exception cref="UsageException">It is no results folder.</exception>
    internal static OpenResults Open(string path, TextWriter errors)
    {
        var folder = new ResultsFolder(path);
        void Say(string problem) => Complain([problem], errors);
        var manifest = ManifestOf(folder, Say);
        var results = Results.Read(folder, manifest, Say);
        var definitions = DefinitionSet.Read(folder.Definitions);
        Complain(definitions.Problems, errors);
        return new(folder, manifest, Leaderboard.Of(results), definitions);
    }

    /// <summary>The manifest of a results folder; what of it cannot be used is named and left out.</summary>
    /// <exception cref="UsageException">There is none, or it is damaged as a whole.</exception>
    internal static Manifest ManifestOf(ResultsFolder folder, Action<string> complain) => folder.ReadManifest(complain)
        ?? throw new UsageException($"{folder.Root} is no results folder (it has no manifest.json): give one such as results/smoke");

    internal static void Complain(IEnumerable<string> problems, TextWriter errors)
    {
        foreach (var problem in problems)
        {
            errors.WriteLine($"dfx: {problem}");
        }
    }
}
