using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Execution.Host;

/// <summary>How much of a run is done, and how long the rest will take if it goes on as it went.</summary>
/// <param name="jobs">The jobs to run.</param>
/// <param name="workers">How many run at once.</param>
/// <param name="finished">Kinds and seconds of jobs that this machine finished before.</param>
/// <param name="time">Tells the time; that of the system by default.</param>
internal sealed class RunTotals(IReadOnlyList<Job> jobs, int workers, IEnumerable<(JobKind Kind, double Seconds)>? finished = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<JobKind, (double Seconds, int Count)> _spent =
        (finished ?? []).GroupBy(job => job.Kind).ToDictionary(kind => kind.Key, kind => (kind.Sum(job => job.Seconds), kind.Count()));

    private readonly Dictionary<JobKind, int> _waiting = jobs.CountBy(job => job.Kind).ToDictionary();
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    internal int Total { get; private set; } = jobs.Count;

    internal int Ended { get; private set; }

    internal void Start(Job job)
    {
        _running[job.Key] = new(job.Kind, _time.GetTimestamp(), new());
        _waiting[job.Kind]--;
    }

    /// <summary>Takes note of a job's progress: how much of it a second does, or null while nobody knows.</summary>
    internal double? Note(Job job, Progress progress)
    {
        if (!_running.TryGetValue(job.Key, out var running))
        {
            return null;
        }

        running.Pace.Note(progress, Seconds(running));
        return running.Pace.Rate;
    }

    /// <summary>Seconds that the job took here.</summary>
    internal double End(Job job)
    {
        Ended++;
        if (!_running.Remove(job.Key, out var running))
        {
            return 0;
        }

        var seconds = Seconds(running);
        var (spent, count) = _spent.GetValueOrDefault(job.Kind);
        _spent[job.Kind] = (spent + Whole(running, seconds), count + 1);
        return seconds;
    }

    /// <summary>Takes off jobs that will not run; how many are worth a word. That the samples of one cell failed, its own job has said.</summary>
    internal int Block(IReadOnlyList<Job> blocked)
    {
        Total -= blocked.Count;
        foreach (var (kind, count) in blocked.CountBy(job => job.Kind))
        {
            _waiting[kind] -= count;
        }

        return blocked.All(job => job.Kind == JobKind.Cell) ? 0 : blocked.Count;
    }

    /// <summary>Seconds until all jobs are done; null while no job of some kind that is left has ended yet.</summary>
    internal double? Remaining()
    {
        var waiting = _waiting.Where(kind => kind.Value > 0).Select(kind => kind.Value * Mean(kind.Key));
        var running = _running.Values.Select(job => job.Pace.Left ?? (Mean(job.Kind) is { } mean ? Math.Max(0, mean - Seconds(job)) : null));
        var all = waiting.Concat(running).ToList();
        return all.TrueForAll(seconds => seconds is not null) ? all.Sum() / workers : null;
    }

    private double? Mean(JobKind kind) => _spent.TryGetValue(kind, out var spent) ? spent.Seconds / spent.Count : null;

    private double Seconds(Running job) => _time.GetElapsedTime(job.Since).TotalSeconds;

    // What the whole job would have taken, had nothing of it been restored. Cells begin anew.
    private static double Whole(Running job, double seconds) =>
        job.Kind is JobKind.Train or JobKind.Correct && job.Pace.Restored < 1 ? seconds / (1 - job.Pace.Restored) : seconds;

    private sealed record Running(JobKind Kind, long Since, Pace Pace);
}
