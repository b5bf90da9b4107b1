using Dfx.Harness.Store;

namespace Dfx.Harness.Planning;

/// <summary>How a planned job stands against the records.</summary>
internal enum Standing
{
    /// <summary>There is a result.</summary>
    Cached,

    /// <summary>There is nothing.</summary>
    Missing,

    /// <summary>There is a result of the same coordinates, but some part of the key changed.</summary>
    Stale,

    /// <summary>The last try failed; a run tries again.</summary>
    Failed,

    /// <summary>The combination has no meaning.</summary>
    NotApplicable,
}

/// <summary>A planned job beside the records.</summary>
/// <param name="Job">The job.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Changed">For a stale one, the parts of the key that changed.</param>
/// <param name="Record">The record of this key, if any.</param>
internal sealed record Compared(Job Job, Standing Standing, IReadOnlyList<string> Changed, JobRecord? Record);

/// <summary>Compares a plan with the records of its results folder.</summary>
internal static class Comparison
{
    /// <param name="plan">The plan.</param>
    /// <param name="folder">The results.</param>
    /// <param name="complain">Told of what is there and cannot be used.</param>
    /// <param name="weights">The path of weights that the user added, by their id, or null.</param>
    /// <param name="usable">Whether a file that a job to be run needs may be used: another is made anew. Null: all may that are there.</param>
    internal static IReadOnlyList<Compared> Of(Plan plan, ResultsFolder folder, Action<string> complain, Func<string, string?>? weights = null, Func<string, bool>? usable = null)
    {
        var keys = RecordFiles.Keys(folder);
        var planned = plan.Jobs.Select(job => job.Key).ToHashSet(StringComparer.Ordinal);
        var missing = plan.Jobs.Any(job => job.NotApplicable is null && job.Kind != JobKind.Sample && !keys.Contains(job.Key));
        var older = missing ? Older(folder, keys.Except(planned), complain) : [];
        JobRecord? Read(Job job) => keys.Contains(job.Key) ? RecordFiles.Read(folder, job.Key, complain) : null;
        var compared = plan.Jobs.Select(job => job.Kind == JobKind.Sample ? new(job, Standing.Missing, [], null) : One(job, Read(job), older)).ToArray();
        SampledCells.Settle(compared, job => One(job, Read(job), older), older);
        return Artifacts.Checked(compared, folder, weights ?? AddedWeights.Path, usable ?? (_ => true));
    }

    private static Dictionary<string, JobRecord> Older(ResultsFolder folder, IEnumerable<string> keys, Action<string> complain)
    {
        var older = new Dictionary<string, JobRecord>(StringComparer.Ordinal);
        foreach (var record in keys.Order(StringComparer.Ordinal).Select(key => RecordFiles.Read(folder, key, complain)).OfType<JobRecord>())
        {
            // Of several old ones, the newest tells best what changed.
            if (!older.TryGetValue(record.Identity, out var other) || Nullable.Compare(other.Timing.Ended, record.Timing.Ended) < 0)
            {
                older[record.Identity] = record;
            }
        }

        return older;
    }

    private static Compared One(Job job, JobRecord? record, Dictionary<string, JobRecord> older) => (job, record) switch
    {
        ({ NotApplicable: not null }, _) => new(job, Standing.NotApplicable, [], record),
        (_, { IsFinal: true }) => new(job, Standing.Cached, [], record),
        (_, not null) => new(job, Standing.Failed, [], record),
        _ => older.TryGetValue(job.Identity, out var old) ? new(job, Standing.Stale, Changed(job, old), null) : new(job, Standing.Missing, [], null),
    };

    private static IReadOnlyList<string> Changed(Job job, JobRecord old) =>
        [.. job.Parts.Where(part => !old.Parts.TryGetValue(part.Key, out var value) || value != part.Value).Select(part => part.Key)];
}
