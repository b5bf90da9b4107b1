using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Exporting;

/// <summary>The cell that a user names.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Samples">The file of its samples, which is there.</param>
internal sealed record ExportedCell(JobRecord Record, string Samples)
{
    private const int Shown = 5;

    /// <summary>Finds a cell whose samples are there.</summary>
    /// <param name="results">The results folder.</param>
    /// <param name="name">The key, or its first digits.</param>
    /// <param name="complain">Told of jobs in the manifest that cannot be used.</param>
    /// <exception cref="UsageException">No cell or several have such a key, or its samples were not kept.</exception>
    internal static ExportedCell Find(ResultsFolder results, string name, Action<string> complain)
    {
        var manifest = results.ReadManifest(complain)
            ?? throw new UsageException($"{results.Root} is no results folder (it has no manifest.json): give one such as results/smoke");
        var cells = manifest.Jobs.Where(job => job.Axes is not null).ToList();
        var found = cells.Where(job => name.Length > 0 && job.Key.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToList();
        var job = found switch
        {
            [var one] => one,
            [] => throw new UsageException(Unknown(results, cells, name)),
            _ => throw new UsageException($"{found.Count} cells of {results.Root} have a key that begins with {name}; give more digits:{Listed(found)}"),
        };
        return Checked(results, job);
    }

    private static ExportedCell Checked(ResultsFolder results, ManifestJob job)
    {
        var record = RecordFiles.Read(results, job.Key, problem => throw new UsageException(problem))
            ?? throw new UsageException($"'{job.Identity}' has no result yet{(job.NotApplicable is { } why ? $": {why}" : "; run its matrix first")}");
        if (KeptSamples.Path(results, job.Needs.Count > 0 ? job.Needs[0] : job.Key, job.Key) is not { } samples)
        {
            var standing = record.Status == Status.Ok ? "" : $" (it is {StatusText.Of(record.Status)}: {record.Message})";
            throw new UsageException(
                $"the samples of '{job.Identity}' were not kept{standing}: put keep: samples into the matrix and run it again; nothing is trained anew");
        }

        return new(record, samples);
    }

    private static string Unknown(ResultsFolder results, List<ManifestJob> cells, string name) => cells.Count == 0
        ? $"{results.Root} has no cells"
        : $"no cell of {results.Root} has a key that begins with '{name}'; the column key of {results.CellsPath} has them, such as:{Listed(cells)}";

    private static string Listed(IEnumerable<ManifestJob> jobs) =>
        string.Concat(jobs.Take(Shown).Select(job => $"{Environment.NewLine}  {job.Key[..Math.Min(job.Key.Length, 12)]}  {job.Identity}"));
}
