using Dfx.Harness.Store;

namespace Dfx.Harness.Planning;

/// <summary>Results whose files are gone, or were never kept, where they are asked for now.</summary>
internal static class Artifacts
{
    /// <summary>The file that a cell's samples are kept in.</summary>
    internal const string Samples = "samples.npz";

    /// <summary>The file that a cell's features are kept in.</summary>
    internal const string Features = "features.npz";

    /// <summary>
    /// The same list, in which a cached result is missing if its files are needed and not there: checkpoints that a job to be run loads, samples that a cell to
    /// be measured needs, tables and pictures of analyses, which every report reads, and samples and features that the matrix now wants to keep. So is a cell whose metrics lacked weights that the machine has by now.
    /// Files that nobody needs may be deleted.
    /// </summary>
    /// <param name="compared">The plan beside its records.</param>
    /// <param name="folder">The results.</param>
    /// <param name="weights">The path of weights that the user added, by their id, or null.</param>
    /// <param name="usable">Whether a file that is there may be used.</param>
    internal static IReadOnlyList<Compared> Checked(IReadOnlyList<Compared> compared, ResultsFolder folder, Func<string, string?> weights, Func<string, bool> usable)
    {
        var result = compared.ToArray();
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var measured = new Dictionary<string, Job>(StringComparer.Ordinal);
        for (var i = result.Length - 1; i >= 0; i--)
        {
            var one = result[i];
            if (one is { Standing: Standing.Cached, Record.Status: Status.Ok } && !(IsComplete(one, needed, measured, folder, usable) && one.Record.Outcome.MissingWeights.All(id => weights(id) is null)))
            {
                var earlier = one is { Job.Kind: JobKind.Cell, Record.Outcome.NfeUsed: not null } ? one.Job.Key : one.Job.Earlier;
                result[i] = one = one with { Job = one.Job with { Earlier = earlier }, Standing = Standing.Missing, Record = null };
            }

            if (one.Standing is not (Standing.Cached or Standing.NotApplicable))
            {
                needed.UnionWith(one.Job.Needs);
                if (one.Job is { Kind: JobKind.Cell, Needs: [var sample] })
                {
                    measured[sample] = one.Job;
                }
            }
        }

        return result;
    }

    private static bool IsComplete(Compared one, HashSet<string> needed, Dictionary<string, Job> measured, ResultsFolder folder, Func<string, bool> usable) => one.Job.Kind switch
    {
        JobKind.Cell => !one.Job.Sampling!.Keep.Features || Exists(one, Features, folder),
        JobKind.Sample when measured.TryGetValue(one.Job.Key, out var cell) => KeptSamples.Suffice(folder, cell, usable),
        JobKind.Sample => !one.Job.Sampling!.Keep.Samples || KeptSamples.Path(folder, one.Job.Key, null) is not null,
        _ => (one.Job.Kind != JobKind.Analyse && !needed.Contains(one.Job.Key)) || one.Record!.Outcome.Files.All(file => Exists(one, file, folder) && usable(Path.Combine(folder.ArtifactsOf(one.Job.Key), file))),
    };

    private static bool Exists(Compared one, string file, ResultsFolder folder) => File.Exists(Path.Combine(folder.ArtifactsOf(one.Job.Key), file));
}
