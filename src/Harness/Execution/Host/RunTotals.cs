using System.Diagnostics;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Execution.Host;

/// <summary>How much of a run is done, and how long the rest will take if it goes on as it went.</summary>
internal sealed class RunTotals(IReadOnlyList<Job> jobs, int workers)
{
    private readonly Dictionary<JobKind, (double Seconds, int Count)> _spent = [];
    private readonly Dictionary<JobKind, int> _left = jobs.CountBy(job => job.Kind).ToDictionary();
    private readonly Dictionary<string, Stopwatch> _running = new(StringComparer.Ordinal);

    internal int Total { get; private set; } = jobs.Count;

    internal int Ended { get; private set; }

    internal void Start(Job job) => _running[job.Key] = Stopwatch.StartNew();

    /// <summary>Seconds that the job took.</summary>
    internal double End(Job job)
    {
        var seconds = _running.Remove(job.Key, out var clock) ? clock.Elapsed.TotalSeconds : 0;
        var (spent, count) = _spent.GetValueOrDefault(job.Kind);
        _spent[job.Kind] = (spent + seconds, count + 1);
        _left[job.Kind]--;
        Ended++;
        return seconds;
    }

    /// <summary>Takes off jobs that will not run.</summary>
    internal void Block(IReadOnlyList<Job> blocked)
    {
        Total -= blocked.Count;
        foreach (var (kind, count) in blocked.CountBy(job => job.Kind))
        {
            _left[kind] -= count;
        }
    }

    internal double SecondsOf(Job job) => _running.TryGetValue(job.Key, out var clock) ? clock.Elapsed.TotalSeconds : 0;

    /// <summary>Seconds until all jobs are done; null while no job of some kind has ended yet.</summary>
    internal double? Remaining()
    {
        var seconds = 0.0;
        foreach (var (kind, left) in _left.Where(entry => entry.Value > 0))
        {
            if (!_spent.TryGetValue(kind, out var spent))
            {
                return null;
            }

            seconds += left * spent.Seconds / spent.Count;
        }

        return Math.Max(0, seconds - _running.Values.Sum(clock => clock.Elapsed.TotalSeconds)) / workers;
    }
}
