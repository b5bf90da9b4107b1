using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>All cells of a results folder: the only input of every exporter. The cells stand in an order of their own, not of the matrix.</summary>
internal sealed record Results(string Matrix, IReadOnlyList<CellRow> Cells)
{
    private const string Blocked = "blocked";
    private const string Missing = "missing";

    /// <summary>Reads the manifest's cells and their records.</summary>
    internal static Results Read(ResultsFolder folder, Manifest manifest, Action<string> complain)
    {
        var records = manifest.Jobs
            .Select(job => RecordFiles.Read(folder, job.Key, complain))
            .OfType<JobRecord>()
            .ToDictionary(record => record.Key, StringComparer.Ordinal);
        var jobs = manifest.Jobs.ToDictionary(job => job.Key, StringComparer.Ordinal);
        var cells = manifest.Jobs.Where(job => job.Axes is not null).Select(job => Row(job, jobs, records));
        return new(manifest.Matrix, [.. cells.Order(CellOrder.Instance)]);
    }

    private static CellRow Row(ManifestJob job, Dictionary<string, ManifestJob> jobs, Dictionary<string, JobRecord> records)
    {
        var axes = job.Axes!;
        if (job.NotApplicable is { } reason)
        {
            return new(axes, job.Key, StatusText.Of(Status.NotApplicable), reason, null, null);
        }

        if (records.TryGetValue(job.Key, out var record))
        {
            // A cell of which only a metric failed has the values of the others.
            var measured = record.Status == Status.Ok || record.Outcome.Metrics.Count > 0;
            return new(
                axes, job.Key, StatusText.Of(record.Status), record.Message, measured ? record.Outcome : null, measured ? record.Timing : null);
        }

        return Culprit(job, jobs, records) switch
        {
            null => new(axes, job.Key, Missing, null, null, null),
            { Status: Status.NotApplicable } culprit => new(axes, job.Key, StatusText.Of(Status.NotApplicable), culprit.Message, null, null),
            { } culprit => new(axes, job.Key, Blocked, $"{culprit.Identity} is {StatusText.Of(culprit.Status)}: {culprit.Message}", null, null),
        };
    }

    /// <summary>The failed job, at whatever distance, that keeps a job from running.</summary>
    private static JobRecord? Culprit(ManifestJob job, Dictionary<string, ManifestJob> jobs, Dictionary<string, JobRecord> records) =>
        job.Needs.Select(need => records.TryGetValue(need, out var record)
            ? record.Status == Status.Ok ? null : record
            : jobs.TryGetValue(need, out var needed) ? Culprit(needed, jobs, records) : null).FirstOrDefault(found => found is not null);
}
