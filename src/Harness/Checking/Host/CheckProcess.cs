using System.Diagnostics;
using System.Text.Json;
using Dfx.Harness.Checking.Worker;
using Dfx.Harness.Commands;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Matrix;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Checking.Host;

/// <summary>The child process that runs plugin code, as the host sees it.</summary>
internal sealed class CheckProcess : IDisposable
{
    private const long MemoryLimit = 4L << 30;
    private readonly ChildProcess _child;
    private readonly string _work;
    private readonly Limits _limits;

    /// <param name="spawner">Starts it.</param>
    /// <param name="work">A folder for its caches.</param>
    /// <param name="limit">The time that a check may take.</param>
    internal CheckProcess(Spawner spawner, string work, TimeSpan limit)
    {
        (_work, _limits) = (work, new(limit, MemoryLimit));
        _child = new(spawner, WorkerStart.Info(new("cpu", 1), CheckWorkerCommand.Verb));
    }

    /// <summary>Whether it can check another type.</summary>
    internal bool IsAlive { get; private set; } = true;

    /// <summary>Checks a type; findings come as they are made.</summary>
    internal async IAsyncEnumerable<Finding> Check(PluginType type)
    {
        _child.Send(CheckJson.Line(CheckRequest.Of(type, _work)));
        var check = "starts";
        while (true)
        {
            var (line, end) = await _child.Next(_limits, Stopwatch.StartNew(), CancellationToken.None).ConfigureAwait(false);
            var reply = line is null ? null : JsonSerializer.Deserialize(line, CheckJson.Default.CheckReply);
            if (end is not null)
            {
                IsAlive = false;
                yield return new(
                    CheckOutcome.Failed, type.Label, check, end.Message!, "the check ends", "see what the type does there; its other checks were not run");
            }
            else if (reply!.Finding is { } finding)
            {
                yield return finding;
            }

            check = reply?.Begun ?? check;
            if (end is not null || reply!.Done)
            {
                yield break;
            }
        }
    }

    public void Dispose() => _child.Dispose();
}
