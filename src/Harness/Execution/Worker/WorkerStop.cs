using System.Runtime.InteropServices;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// How a worker is asked to stop: by its host, at a time limit or because a person ends the run, or by SIGTERM. Its job ends at its next step, a training
/// once its state is saved; a worker that is still there after a while is ended with all that it started.
/// </summary>
internal sealed class WorkerStop : IDisposable
{
    /// <summary>How long a worker has to come to an end.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>What a worker that was stopped ends with: 128 and the number of SIGTERM.</summary>
    internal const int ExitCode = 143;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _signal;
    private int _asked;

    internal WorkerStop() => _signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        Ask();
    });

    internal CancellationToken Token => _stop.Token;

    internal void Ask()
    {
        if (Interlocked.Exchange(ref _asked, 1) == 0)
        {
            new Thread(EndLater) { IsBackground = true, Name = "grace" }.Start();
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        _signal.Dispose();
        _stop.Dispose();
    }

    private static void EndLater()
    {
        Thread.Sleep(Grace);
        Posix.EndGroup(Environment.ProcessId);
    }
}
