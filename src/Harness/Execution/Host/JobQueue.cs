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

    /// <summary>What no other job of the queue can exceed.</summary>
    internal const int BestFit = 2;

    // How many jobs are looked at for one that suits better than the first that is ready.
    private const int Window = 256;

    /// <inheritdoc cref="Take(Func{Job, int}?, CancellationToken)"/>
    internal Task<Job?> Take(CancellationToken cancellation) => Take(null, cancellation);

    /// <summary>The next job, waiting for one to become ready; null when nothing is left.</summary>
    /// <param name="suits">
    /// How well a job suits who takes it, at most <see cref="BestFit"/>: of the next cells and analyses the first that suits best is taken. Others, which may be
    /// long, come in the order of the plan, as all do without this.
    /// </param>
    /// <param name="cancellation">Asks to stop waiting.</param>
    internal async Task<Job?> Take(Func<Job, int>? suits, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (TakeReady(suits) is { } job)
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

    private Job? TakeReady(Func<Job, int>? suits)
    {
        LinkedListNode<Job>? best = null;
        var fit = -1;
        var window = Window;
        for (var node = _waiting.First; node is not null && fit < BestFit && window > 0; node = node.Next)
        {
            window -= best is null ? 0 : 1;
            if (node.Value.Needs.All(_done.Contains) && (best is null || IsShort(node.Value)) && Fit(node.Value) is var own && own > fit)
            {
                (best, fit) = (node, own);
            }
        }

        if (best is not null)
        {
            _waiting.Remove(best);
        }

        return best?.Value;

        int Fit(Job job) => suits is not null && IsShort(job) ? suits(job) : BestFit;
    }

    private static bool IsShort(Job job) => job.Kind is JobKind.Sample or JobKind.Cell or JobKind.Analyse;
}
