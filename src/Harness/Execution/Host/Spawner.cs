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
    private readonly BlockingCollection<Action> _orders = [];
    private readonly ConcurrentBag<Process> _started = [];

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

    public void Dispose() => _orders.CompleteAdding();

    private void Serve()
    {
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            order();
        }
    }
}
