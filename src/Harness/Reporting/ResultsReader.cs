using System.Text.Json.Serialization.Metadata;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>Puts a manifest and the records of its folder together.</summary>
internal sealed class ResultsReader(ResultsFolder folder, Manifest manifest)
{
    private const string Blocked = "blocked";
    private const string Missing = "missing";
    private const string Stale = "stale";
    private const string Unreadable = "unreadable";

    private readonly Dictionary<string, ManifestJob> _jobs = manifest.Jobs.DistinctBy(job => job.Key).ToDictionary(job => job.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, JobRecord> _records = new(StringComparer.Ordinal);
    private readonly JsonTypeInfo<JobRecord> _slim = StoreJson.Slim();
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    internal Results Read(Action<string> complain)
    {
        Load(complain);
        var (stale, analyses) = (StaleIdentities(), Analyses().ToList());
        analyses.Where(analysis => analysis.Status == Unreadable && _records.ContainsKey(analysis.Key)).ToList()
            .ForEach(analysis => complain($"{folder.Root}: {analysis.Message}"));
        return new(manifest.Matrix, [.. CellOrder.Sort([.. _jobs.Values.Where(job => job.IsCell && job.Axes is not null).Select(job => Row(job, stale))])])
        {
            Baseline = manifest.Baseline ?? manifest.Jobs.FirstOrDefault(job => job.IsCell)?.Axes?.GetValueOrDefault("method"),
            Labels = manifest.Labels is null ? Labels.None : new(manifest.Labels),
            Analyses = analyses,
            TakenFrom = _records.Values.Where(record => record.TakenFrom is not null).CountBy(record => record.TakenFrom!)
                .ToDictionary(from => from.Key, from => $"{from.Value} of {_records.Count}", StringComparer.Ordinal),
        };
    }

    private void Load(Action<string> complain)
    {
        Load(_jobs.Values.Where(job => !job.IsSample), complain);

        // The record of a cell says what was sampled as well.
        Load(_jobs.Values.Where(job => job.IsCell && !_records.ContainsKey(job.Key)).SelectMany(job => job.Needs).Distinct(StringComparer.Ordinal)
            .Select(need => _jobs.GetValueOrDefault(need)).OfType<ManifestJob>().Where(job => job.IsSample).ToList(), complain);
    }

    private void Load(IEnumerable<ManifestJob> jobs, Action<string> complain)
    {
        foreach (var (key, record, problem) in jobs.AsParallel().AsOrdered().Select(Read).ToList())
        {
            if (record is not null)
            {
                _records.Add(key, record);
            }

            if (problem is not null)
            {
                _unreadable.Add(key);
                complain(problem);
            }
        }
    }

    /// <summary>What a record and its job both say is in memory once.</summary>
    private (string Key, JobRecord? Record, string? Problem) Read(ManifestJob job)
    {
        string? problem = null;
        var record = RecordFiles.Read(folder, job.Key, text => problem = text, _slim);
        return (job.Key, record is null ? null : record with { Key = job.Key, Identity = record.Identity == job.Identity ? job.Identity : record.Identity }, problem);
    }

    /// <summary>Identities of cells that have a result of another key. Looked for only if cells are missing.</summary>
    private HashSet<string> StaleIdentities() => _jobs.Values.All(job => job.IsSample || _records.ContainsKey(job.Key) || job.NotApplicable is not null)
        ? []
        : [.. RecordFiles.Keys(folder).Where(key => !_jobs.ContainsKey(key)).AsParallel()
            .Select(key => RecordFiles.Read(folder, key, type: _slim)).Where(record => record is { Status: Status.Ok }).Select(record => record!.Identity)];

    private CellRow Row(ManifestJob job, HashSet<string> stale)
    {
        var axes = job.Axes!;
        if (job.NotApplicable is { } reason)
        {
            return new(axes, job.Key, StatusText.Of(Status.NotApplicable), reason, null, null);
        }

        if ((_records.GetValueOrDefault(job.Key) ?? FailedSample(job)) is { } record)
        {
            // A cell of which only a metric failed has the values of the others.
            var measured = record.Status == Status.Ok || record.Outcome.Metrics.Count > 0;
            return new(
                axes, record.Key, StatusText.Of(record.Status), record.Message, measured ? record.Outcome : null, measured ? record.Timing : null);
        }

        var (status, message) = WithoutRecord(job, stale);
        return new(axes, job.Key, status, message, null, null);
    }

    /// <summary>The record of a cell's samples, if they could not be made: then there is nothing to measure, and what became of them became of the cell.</summary>
    private JobRecord? FailedSample(ManifestJob cell) =>
        cell.Needs is [var need, ..] && _jobs.TryGetValue(need, out var job) && job.IsSample && _records.GetValueOrDefault(need) is { Status: not Status.Ok } record ? record : null;

    private (string Status, string? Message) WithoutRecord(ManifestJob job, HashSet<string> stale) => Culprit(job) switch
    {
        _ when _unreadable.Contains(job.Key) => (Unreadable, $"records/{job.Key}.json cannot be read; the next run makes it anew"),
        { Status: Status.NotApplicable } culprit => (StatusText.Of(Status.NotApplicable), culprit.Message),
        { } culprit => (Blocked, $"{culprit.Identity} is {StatusText.Of(culprit.Status)}: {culprit.Message}"),
        null when stale.Contains(job.Identity) => (Stale, "only a result of other code, data or settings is there; run the matrix again"),
        null => (Missing, null),
    };

    /// <summary>The failed job, at whatever distance, that keeps a job from running. In a damaged manifest jobs may need each other in a circle.</summary>
    private JobRecord? Culprit(ManifestJob job)
    {
        var (open, seen) = (new Stack<string>(job.Needs.Reverse()), new HashSet<string>(StringComparer.Ordinal));
        while (open.TryPop(out var need))
        {
            if (_records.TryGetValue(need, out var record))
            {
                if (record.Status != Status.Ok)
                {
                    return record;
                }
            }
            else if (seen.Add(need) && _jobs.TryGetValue(need, out var needed))
            {
                needed.Needs.Reverse().ToList().ForEach(open.Push);
            }
        }

        return null;
    }

    private IEnumerable<AnalysisResult> Analyses() =>
        from job in _jobs.Values
        where job.IsAnalysis && job.Axes is not null
        orderby job.Identity, job.Key
        select Analysis(job);

    private AnalysisResult Analysis(ManifestJob job)
    {
        if (!_records.TryGetValue(job.Key, out var record) || record.Status != Status.Ok)
        {
            var (status, message) = record is null ? WithoutRecord(job, []) : (StatusText.Of(record.Status), record.Message);
            return new(job.Axes!, job.Key, status, message, [], []);
        }

        var table = CsvTable.Read(Path.Combine(folder.ArtifactsOf(job.Key), AnalysisResult.FileName), record.Checksums?.GetValueOrDefault(AnalysisResult.FileName));
        var result = table.Problem is not { } problem
            ? new AnalysisResult(job.Axes!, job.Key, StatusText.Of(Status.Ok), null, table.Header, table.Rows)
            : new(job.Axes!, job.Key, Unreadable, AnalysisResult.Unreadable(job.Key, AnalysisResult.FileName, problem), [], []);
        return record.Checksums is { } checksums ? result with { Checksums = checksums } : result;
    }
}
