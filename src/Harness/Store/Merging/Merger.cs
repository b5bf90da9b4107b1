using System.Text.Json;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store.Merging;

/// <summary>Joins results folders: records with their artifacts and logs, definitions, and the manifests.</summary>
internal sealed class Merger
{
    private readonly ResultsFolder _target;
    private readonly Action<string> _complain;
    private readonly List<string> _conflicts = [];
    private readonly CancellationToken _cancellation;

    private Merger(ResultsFolder target, Action<string> complain, CancellationToken cancellation) =>
        (_target, _complain, _cancellation) = (target, complain, cancellation);

    /// <summary>Merges into an empty folder. The conflicts, in words: the first version of each stays, others go to <c>conflicts/</c>.</summary>
    internal static IReadOnlyList<string> Merge(
        ResultsFolder target, IReadOnlyList<(ResultsFolder Folder, Manifest Manifest)> sources, Action<string> complain, CancellationToken cancellation = default)
    {
        var merger = new Merger(target, complain, cancellation);
        foreach (var (folder, _) in sources)
        {
            merger.Records(folder);
            merger.Definitions(folder);
        }

        target.WriteManifest(MergedManifest.Of([.. sources.Select(s => (s.Folder.Root, s.Manifest))], merger._conflicts));
        return merger._conflicts;
    }

    private void Records(ResultsFolder source)
    {
        foreach (var key in RecordFiles.Keys(source).Order(StringComparer.Ordinal))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (RecordFiles.Read(source, key, _complain) is not { } record)
            {
                continue;
            }

            if (Links.Problem(source.ArtifactsOf(key)) is { } problem)
            {
                _complain($"the record {key} is left out: {problem}");
                continue;
            }

            var known = RecordFiles.Read(_target, key);
            if (known is null || (record.IsFinal && !known.IsFinal))
            {
                Take(source, record);
            }
            else if (record.IsFinal && known.IsFinal)
            {
                Compare(source, record, known);
            }
        }
    }

    /// <summary>Of equal outcomes the one with more files counts: what a run keeps is no part of an outcome.</summary>
    private void Compare(ResultsFolder source, JobRecord record, JobRecord known)
    {
        if (Content(record) != Content(known))
        {
            Conflict(source, record, known);
        }
        else if (known.Outcome.Files.Count < record.Outcome.Files.Count && known.Outcome.Files.All(record.Outcome.Files.Contains))
        {
            Take(source, record with { Identity = known.Identity });
        }
    }

    private void Take(ResultsFolder source, JobRecord record)
    {
        CopyFolder(source.ArtifactsOf(record.Key), _target.ArtifactsOf(record.Key));
        if (File.Exists(source.LogPath(record.Key)) && Links.Problem(source.LogPath(record.Key)) is null)
        {
            Copy(source.LogPath(record.Key), _target.LogPath(record.Key));
        }

        RecordFiles.Write(_target, record);
    }

    private void Conflict(ResultsFolder source, JobRecord record, JobRecord known)
    {
        Directory.CreateDirectory(_target.Conflicts);
        var path = Path.Combine(_target.Conflicts, $"{record.Key}-{_conflicts.Count}.json");
        RecordFiles.Write(path, record);
        var what = record.Status == known.Status ? "another outcome" : $"{StatusText.Of(record.Status)} instead of {StatusText.Of(known.Status)}";
        _conflicts.Add($"{record.Identity} has {what} in {source.Root}; it lies in {Path.GetRelativePath(_target.Root, path)}");
    }

    /// <summary>
    /// What two machines must agree on: not what the job is called, how long it took, where it was taken from, which files were kept, nor where the log is, nor the bytes of a
    /// table that may hold times.
    /// </summary>
    private static string Content(JobRecord record) => JsonSerializer.Serialize(
        record with { Identity = "", Timing = new(), Log = null, Checksums = null, TakenFrom = null, Parts = new Dictionary<string, string>(), Outcome = record.Outcome with { Files = [], Metrics = [.. record.Outcome.Metrics.Select(value => value with { By = null })] } },
        StoreJson.Default.JobRecord);

    private void Definitions(ResultsFolder source)
    {
        if (Links.Problem(source.Definitions) is { } problem)
        {
            _complain($"its definitions are left out: {problem}");
            return;
        }

        foreach (var path in Links.FilesBelow(source.Definitions).Order(StringComparer.Ordinal))
        {
            var target = Path.Combine(_target.Definitions, Path.GetRelativePath(source.Definitions, path));
            if (!File.Exists(target))
            {
                Copy(path, target);
            }
            else if (!File.ReadAllBytes(RegularFile.Checked(path)).AsSpan().SequenceEqual(File.ReadAllBytes(RegularFile.Checked(target))))
            {
                _conflicts.Add($"{Path.GetRelativePath(_target.Root, target)} is another one in {source.Root}; the first counts");
            }
        }
    }

    private void CopyFolder(string source, string target)
    {
        foreach (var path in Links.FilesBelow(source).Order(StringComparer.Ordinal))
        {
            Copy(path, Path.Combine(target, Path.GetRelativePath(source, path)));
        }
    }

    private void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        AtomicFile.Copy(source, target, _cancellation);
    }
}
