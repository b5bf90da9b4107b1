using System.Collections.Concurrent;
using System.Diagnostics;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Execution.Host;

/// <summary>
/// Starts all processes from one thread that lives as long as the host: the system ends a worker with the thread that started it, and pool
/// threads end whenever they like.
/// </summary>
internal sealed class Spawner : IDisposable
{
    // A process that starts others as fast as they are found.
    private const int MostRounds = 64;

    private readonly BlockingCollection<Action> _orders = [];
    private readonly ConcurrentBag<Process> _started = [];
    private readonly HashSet<int> _ids = [];

    internal Spawner()
    {
        // A process whose worker has crashed would be nobody's otherwise.
        Posix.AdoptOrphans();
        new Thread(Serve) { IsBackground = true, Name = "spawner" }.Start();
    }

    internal Process Start(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add(() =>
        {
            try
            {
                var process = Process.Start(info)!;
                _started.Add(process);
                _ids.Add(process.Id);
                started.SetResult(process);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    /// <summary>Ends all of them at once, with all that they started: the system ends a process with its parent, but not what a plugin started from there.</summary>
    internal void EndAll()
    {
        foreach (var process in _started)
        {
            try
            {
                if (!process.HasExited)
                {
                    Posix.EndGroup(process.Id);
                }
            }
            catch (InvalidOperationException)
            {
                // Whoever was given it has ended it.
            }
        }
    }

    /// <summary>
    /// Ends children of this process that it did not start, and what those started: what a worker that has ended by itself left, whatever session and environment
    /// they have by now. On the thread that starts processes, so that none of ours is half started.
    /// </summary>
    /// <param name="since">When the worker started: older ones are none of its.</param>
    internal void EndOrphans(long since)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add(() =>
        {
            try
            {
                for (var rounds = MostRounds; rounds > 0 && Orphans(since) is { Count: > 0 } orphans; rounds--)
                {
                    orphans.ForEach(Posix.Halt);
                    orphans.ForEach(Posix.End);
                    orphans.ForEach(Posix.Reap);
                }
            }
            catch (IOException)
            {
                // The processes cannot be listed, for want of descriptors perhaps: the next worker's end looks again.
            }

            done.SetResult();
        });
        done.Task.GetAwaiter().GetResult();
    }

    public void Dispose() => _orders.CompleteAdding();

    // The first process of a container is the parent of everybody's orphans.
    private List<int> Orphans(long since)
    {
        if (Environment.ProcessId == 1)
        {
            return [];
        }

        var all = ProcessTable.All();
        return [.. ProcessTable.Tree(all, all.Where(entry => entry.Parent == Environment.ProcessId && entry.Started >= since && !_ids.Contains(entry.Id)).Select(entry => entry.Id))];
    }

    private void Serve()
    {
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            order();
        }
    }
}
