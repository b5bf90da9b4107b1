using Dfx.Harness.Planning;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>Takes results over from the results folders of other matrices: the same key is the same result in any run.</summary>
internal static class Reuse
{
    /// <summary>Copies what is missing here and final there. The number of records taken over.</summary>
    internal static int From(ResultsFolder folder, IReadOnlyList<Compared> compared)
    {
        var wanted = compared.Where(c => c.Standing is Standing.Missing or Standing.Stale or Standing.Failed).Select(c => c.Job).ToList();
        if (wanted.Count == 0)
        {
            return 0;
        }

        var neighbours = Directory.EnumerateDirectories(Path.GetDirectoryName(folder.Root)!)
            .Where(path => path != folder.Root)
            .Order(StringComparer.Ordinal)
            .Select(path => new ResultsFolder(path))
            .Select(neighbour => (Folder: neighbour, Keys: RecordFiles.Keys(neighbour)))
            .ToList();
        return wanted.Count(job => neighbours.Exists(n => n.Keys.Contains(job.Key) && Take(job, n.Folder, folder)));
    }

    private static bool Take(Job job, ResultsFolder from, ResultsFolder to)
    {
        var key = job.Key;
        if (RecordFiles.Read(from, key) is not { IsFinal: true } record)
        {
            return false;
        }

        var files = record.Outcome.Files.Select(name => (Source: Path.Combine(from.ArtifactsOf(key), name), Name: name)).ToList();
        if (Links.Problem(from.ArtifactsOf(key)) is not null || !files.TrueForAll(file => IsOwn(file.Source, file.Name)))
        {
            return false;
        }

        to.MakeArtifacts(key);
        files.ForEach(file => AtomicFile.Copy(file.Source, Path.Combine(to.ArtifactsOf(key), file.Name)));
        // The neighbour's matrix may have other labels.
        RecordFiles.Write(to, record with { Identity = job.Identity });
        return true;
    }

    /// <summary>Whether a file of a job is there and lies in the job's own folder: a record is text that anybody can write.</summary>
    private static bool IsOwn(string path, string name) => Path.GetFileName(name) == name && File.Exists(path) && Links.Problem(path) is null;
}
