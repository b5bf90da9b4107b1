using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dfx.Harness.Checking.Worker;
using Dfx.Harness.Commands;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Checking.Host;

/// <summary>The child process that runs plugin code, as the host sees it.</summary>
internal sealed class CheckProcess : IDisposable
{
    private const double Gibi = 1L << 30;
    private const double MemoryLimit = 4 * Gibi;
    private static readonly TimeSpan s_watch = TimeSpan.FromMilliseconds(50);
    private readonly Process _process;
    private readonly string _work;
    private readonly TimeSpan _limit;

    /// <param name="spawner">Starts it.</param>
    /// <param name="work">A folder for its log and caches.</param>
    /// <param name="limit">The time that a check may take.</param>
    internal CheckProcess(Spawner spawner, string work, TimeSpan limit)
    {
        (_work, _limit) = (work, limit);
        var info = WorkerStart.Info(new("cpu", 1), CheckWorkerCommand.Verb);
        info.ArgumentList.Add(Path.Combine(work, "log.txt"));
        _process = spawner.Start(info);
        _ = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether it can check another type.</summary>
    internal bool IsAlive { get; private set; } = true;

    /// <summary>Checks a type; findings come as they are made.</summary>
    internal async IAsyncEnumerable<Finding> Check(PluginType type)
    {
        Send(CheckRequest.Of(type, _work));
        var check = "starts";
        while (true)
        {
            var (reply, fault) = await Next().ConfigureAwait(false);
            if (fault is not null)
            {
                IsAlive = false;
                yield return new(CheckOutcome.Failed, type.Label, check, fault, "the check ends", "see what the type does there; its other checks were not run");
            }
            else if (reply!.Finding is { } finding)
            {
                yield return finding;
            }

            check = reply?.Begun ?? check;
            if (fault is not null || reply!.Done)
            {
                yield break;
            }
        }
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    /// <summary>The next message, or what became of the process instead.</summary>
    private async Task<(CheckReply? Reply, string? Fault)> Next()
    {
        var clock = Stopwatch.StartNew();
        var reading = _process.StandardOutput.ReadLineAsync();
        while (await Task.WhenAny(reading, Task.Delay(s_watch)).ConfigureAwait(false) != reading)
        {
            if (clock.Elapsed > _limit)
            {
                End();
                return (null, Text($"it was ended at its time limit of {_limit.TotalSeconds:0.#} s"));
            }

            if (ProcessMemory.Resident(_process.Id) > MemoryLimit)
            {
                End();
                return (null, Text($"it was ended at its memory limit of {MemoryLimit / Gibi:0} GiB"));
            }
        }

        return await reading.ConfigureAwait(false) is { } line
            ? (JsonSerializer.Deserialize(line, CheckJson.Default.CheckReply), null)
            : (null, Crashed());
    }

    private string Crashed()
    {
        End();
        return _process.ExitCode > 128
            ? Text($"the process crashed with signal {_process.ExitCode - 128}")
            : Text($"the process ended with code {_process.ExitCode}");
    }

    private void Send(CheckRequest request)
    {
        try
        {
            _process.StandardInput.WriteLine(CheckJson.Line(request));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The process is gone: reading tells so too.
        }
    }

    private void End()
    {
        Posix.EndGroup(_process.Id);
        _process.WaitForExit();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
