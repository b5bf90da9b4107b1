using System.Diagnostics;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Tells the host of progress once a second, however often it is called.</summary>
/// <param name="send">Sends it.</param>
internal sealed class WireProgress(Action<Reply> send) : IProgressHost
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private readonly Stopwatch _since = new();

    public void Report(long done, long total, string? note = null)
    {
        if (!_since.IsRunning || _since.Elapsed >= s_interval)
        {
            _since.Restart();
            send(new() { Progress = new(done, total, MessageJson.Short(note)) });
        }
    }
}
