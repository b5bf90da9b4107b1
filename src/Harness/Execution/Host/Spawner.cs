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
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task.GetAwaiter().GetResult();
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
