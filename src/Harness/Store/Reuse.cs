using Dfx.Harness.Planning;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>Whose results a run takes over.</summary>
internal enum ReuseFrom
{
    /// <summary>Those of folders of the user who runs.</summary>
    Own,

    /// <summary>Those of any folder: whoever wrote it is trusted with the numbers.</summary>
    Any,

    /// <summary>None.</summary>
    None,
}

/// <summary>
/// Takes results over from the results folders of other matrices: the same key is the same result in any run. A record is text that anybody can write, so it says
/// afterwards where it came from, only folders of the same user count unless others are asked for, and only files of the job's own folder whose checksums are right.
/// </summary>
/// <param name="folder">The results folder.</param>
/// <param name="from">Whose results.</param>
/// <param name="tell">Told what was taken from where, and what was not.</param>
internal sealed class Reuse(ResultsFolder folder, ReuseFrom from, Action<string> tell)
{
    /// <summary>Copies what is missing here and final there. The number of records taken over.</summary>
    internal int Of(IReadOnlyList<Compared> compared)
    {
        var wanted = compared.Where(c => c.Standing is Standing.Missing or Standing.Stale or Standing.Failed).Select(c => c.Job).ToList();
        return wanted.Count == 0 || from == ReuseFrom.None
            ? 0
            : Neighbours().Sum(neighbour => From(neighbour, wanted));
    }

    private IEnumerable<ResultsFolder> Neighbours() => Directory.EnumerateDirectories(Path.GetDirectoryName(folder.Root)!)
        .Where(path => path != folder.Root)
        .Order(StringComparer.Ordinal)
        .Select(path => new ResultsFolder(path));

    /// <summary>Takes over from one folder; what was taken is no longer wanted.</summary>
    private int From(ResultsFolder neighbour, List<Job> wanted)
    {
        var keys = RecordFiles.Keys(neighbour);
        var there = wanted.Where(job => keys.Contains(job.Key)).ToList();
        if (there.Count == 0)
        {
            return 0;
        }

        if (from == ReuseFrom.Own && Stranger(neighbour.Root) is { } stranger)
        {
            tell($"{neighbour.Root} belongs to another user (number {stranger}): {there.Count} results that have the same keys are not taken from there; --reuse any takes them");
            return 0;
        }

        var taken = there.Where(job => Take(job, neighbour)).ToList();
        wanted.RemoveAll(taken.Contains);
        if (taken.Count > 0)
        {
            tell($"{taken.Count} results are taken over from {neighbour.Root}, which has the same keys; --reuse none makes them anew");
        }

        return taken.Count;
    }

    private bool Take(Job job, ResultsFolder neighbour)
    {
        var key = job.Key;
        if (RecordFiles.Read(neighbour, key) is not { IsFinal: true } record || !IsOurs(neighbour.RecordPath(key)))
        {
            return false;
        }

        var files = record.Outcome.Files.Select(name => (Source: Path.Combine(neighbour.ArtifactsOf(key), name), Name: name)).ToList();
        if (Links.Problem(neighbour.ArtifactsOf(key)) is not null || !files.TrueForAll(file => IsOwn(file.Source, file.Name) && Soundness.Problem(file.Source, record) is null))
        {
            return false;
        }

        folder.MakeArtifacts(key);
        files.ForEach(file => AtomicFile.Copy(file.Source, Path.Combine(folder.ArtifactsOf(key), file.Name)));

        // The neighbour's matrix may have other labels.
        RecordFiles.Write(folder, record with { Identity = job.Identity, TakenFrom = record.TakenFrom ?? neighbour.Root });
        return true;
    }

    /// <summary>Whether a file of a job is there and lies in the job's own folder.</summary>
    private bool IsOwn(string path, string name) => Path.GetFileName(name) == name && File.Exists(path) && Links.Problem(path) is null && IsOurs(path);

    private bool IsOurs(string path) => from == ReuseFrom.Any || Stranger(path) is null;

    /// <summary>The owner, if that is not the user who runs. Where the system does not tell, it is nobody's.</summary>
    private static string? Stranger(string path) => FileOwner.Of(path) is var owner && owner == FileOwner.Self ? null : owner?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown";
}
