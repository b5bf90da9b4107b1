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
    private readonly List<Job> _blocked = [];
    private int _running;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="jobs">What is to be done, each job after those that it needs.</param>
    /// <param name="done">The keys of jobs that have a result already.</param>
    internal JobQueue(IEnumerable<Job> jobs, IEnumerable<string> done)
    {
        _waiting = new(jobs);
        _done = [.. done];
    }

    /// <summary>Jobs that cannot run because one that they need failed.</summary>
    internal IReadOnlyList<Job> Blocked
    {
        get
        {
            lock (_lock)
            {
                return [.. _blocked];
            }
        }
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

    internal void Complete(Job job, Status status)
    {
        lock (_lock)
        {
            _running--;
            (status == Status.Ok ? _done : _failed).Add(job.Key);
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private Job? TakeReady()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var (current, job) = (node, node.Value);
            node = node.Next;
            if (job.Needs.Any(_failed.Contains))
            {
                _waiting.Remove(current);
                _failed.Add(job.Key);
                _blocked.Add(job);
            }
            else if (job.Needs.All(_done.Contains))
            {
                _waiting.Remove(current);
                return job;
            }
        }

        return null;
    }
}
