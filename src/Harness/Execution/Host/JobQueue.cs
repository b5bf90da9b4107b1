using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>Hands out jobs whose needs are met, in the order of the plan. Safe for use from several threads.</summary>
internal sealed class JobQueue
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Job> _waiting;
    private readonly HashSet<string> _done;
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private int _running;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="jobs">What is to be done, each job after those that it needs.</param>
    /// <param name="done">The keys of jobs that have a result already.</param>
    internal JobQueue(IEnumerable<Job> jobs, IEnumerable<string> done)
    {
        _waiting = new(jobs);
        _done = [.. done];
    }

    /// <summary>The next job, waiting for one to become ready; null when nothing is left.</summary>
    internal async Task<Job?> Take(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (TakeReady() is { } job)
                {
                    _running++;
                    return job;
                }

                if (_running == 0)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether jobs are left that nobody has taken.</summary>
    internal bool AnyLeft
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Takes note of a job's end.</summary>
    /// <returns>The jobs that cannot run any more, because one that they need failed, at whatever distance.</returns>
    internal IReadOnlyList<Job> Complete(Job job, Status status)
    {
        lock (_lock)
        {
            _running--;
            (status == Status.Ok ? _done : _failed).Add(job.Key);
            var blocked = status == Status.Ok ? [] : Blocked();
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return blocked;
        }
    }

    // The jobs stand behind those that they need, so one pass finds all.
    private List<Job> Blocked()
    {
        List<Job> blocked = [];
        foreach (var job in _waiting.Where(job => job.Needs.Any(_failed.Contains)))
        {
            _failed.Add(job.Key);
            blocked.Add(job);
        }

        foreach (var job in blocked)
        {
            _waiting.Remove(job);
        }

        return blocked;
    }

    private Job? TakeReady()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var (current, job) = (node, node.Value);
            node = node.Next;
            if (job.Needs.All(_done.Contains))
            {
                _waiting.Remove(current);
                return job;
            }
        }

        return null;
    }
}
