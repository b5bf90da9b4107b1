using Dfx.Harness.Store;

namespace Dfx.Harness.Planning;

/// <summary>
/// How the two jobs of a cell stand, of which each may speak for the other: the record of a cell tells what was sampled too, whatever was measured then, and a
/// cell whose samples cannot be made has no other result than that.
/// </summary>
internal static class SampledCells
{
    /// <summary>Fills in the sample jobs of a plan, and what cells can take from earlier records.</summary>
    /// <param name="compared">The plan; its sample jobs are not yet looked at.</param>
    /// <param name="look">How a sample job stands by its own record. It is read only where the cell has no result.</param>
    /// <param name="older">The newest records of other keys, by identity.</param>
    internal static void Settle(Compared[] compared, Func<Job, Compared> look, IReadOnlyDictionary<string, JobRecord> older)
    {
        var samples = Enumerable.Range(0, compared.Length).Where(i => compared[i].Job.Kind == JobKind.Sample).ToDictionary(i => compared[i].Job.Key, StringComparer.Ordinal);
        for (var i = 0; i < compared.Length; i++)
        {
            if (compared[i] is { Job: { Kind: JobKind.Cell, Needs: [var need] } } cell && samples.TryGetValue(need, out var at))
            {
                (compared[at], compared[i]) = Pair(compared[at].Job, cell, look, older.GetValueOrDefault(cell.Job.Identity));
            }
        }
    }

    private static (Compared Sample, Compared Cell) Pair(Job sample, Compared cell, Func<Job, Compared> look, JobRecord? older)
    {
        if (cell is { Standing: Standing.Cached, Record: { } record })
        {
            return (new(sample, Standing.Cached, [], SampleOf(sample, record)), cell);
        }

        JobRecord?[] before = [cell.Record, older];
        var earlier = before.FirstOrDefault(record => record is not null && Tells(sample, record));
        cell = cell with { Job = cell.Job with { Earlier = earlier?.Key } };
        return look(sample) switch
        {
            { Standing: Standing.Cached, Record: { Status: not Status.Ok } final } failed => (failed, cell with { Standing = Standing.Cached, Record = final }),
            { Standing: Standing.Missing or Standing.Stale } when earlier is not null => (new(sample, Standing.Cached, [], SampleOf(sample, earlier)), cell),
            { Standing: Standing.Missing } when cell.Standing == Standing.Stale => (new(sample, Standing.Stale, [.. cell.Changed.Where(part => part != Parts.Metrics)], null), cell),
            var own => (own, cell),
        };
    }

    /// <summary>Whether a cell's record tells what the job would sample; that of a cell of which a metric failed does.</summary>
    private static bool Tells(Job sample, JobRecord record) => record.Outcome.NfeUsed is not null && Parts.IsSampledBy(sample.Parts, record.Parts);

    /// <summary>The record of a sample job, from that of its cell.</summary>
    internal static JobRecord SampleOf(Job sample, JobRecord cell) => Records.Of(sample, cell.Outcome.NfeUsed is null ? cell.Status : Status.Ok, cell.Outcome.NfeUsed is null ? cell.Message : null) with
    {
        Outcome = cell.Outcome with { Metrics = [], Unavailable = new Dictionary<string, string>(), FailedMetrics = new Dictionary<string, string>(), MissingWeights = [], Files = [Artifacts.Samples] },
        Timing = cell.Timing with { Seconds = cell.Timing.SamplingSeconds, SampleSeconds = null, MetricSeconds = null },
    };
}
