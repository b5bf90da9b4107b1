using System.Diagnostics;
using System.Globalization;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Matrix;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>A process that runs foreign code for the host: spoken to in lines, watched, and ended with all that it started.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan s_watch = TimeSpan.FromMilliseconds(500);
    private readonly Spawner _spawner;
    private readonly Process _process;
    private readonly long _since;
    private readonly BoundedLines _lines;
    private readonly PrintedLog _printed;
    private readonly WorkerTree _tree;
    private readonly string? _stopLine;
    private readonly Stopwatch _watched = Stopwatch.StartNew();
    private bool _disposed;

    /// <param name="spawner">Starts it.</param>
    /// <param name="info">What is started.</param>
    /// <param name="stopLine">What asks it to stop by itself; null if it cannot.</param>
    /// <param name="gpu">The GPU that it sees, as NVML is asked for it; null for none.</param>
    internal ChildProcess(Spawner spawner, ProcessStartInfo info, string? stopLine = null, string? gpu = null)
    {
        _stopLine = stopLine;
        info.Environment.TryGetValue(WorkerMark.Variable, out var mark);
        (_spawner, _process) = (spawner, spawner.Start(info));
        var root = ProcessTable.Of(_process.Id) ?? new(_process.Id, 0, 0, long.MaxValue);
        _since = root.Started;
        _tree = new(root, mark ?? "", gpu);
        _lines = new(_process.StandardOutput.BaseStream);
        _printed = new(_process.StandardError.BaseStream);
    }

    internal bool IsAlive => !_process.HasExited;

    /// <summary>From here on what it prints goes to this file, or nowhere.</summary>
    internal void LogTo(string? path) => _printed.To(path);

    /// <summary>Waits until what it printed is in its log.</summary>
    internal void DrainLog() => _printed.Drain();

    internal void Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The process is gone: reading tells so too, and why.
        }
    }

    /// <summary>
    /// The next line that it says, or how it ended instead: by itself, or by the host at one of its limits. At its time limit, and where the token asks to
    /// stop, it may come to an end by itself first.
    /// </summary>
    /// <param name="limits">What it may use.</param>
    /// <param name="clock">The time that counts against its limit.</param>
    /// <param name="cancellation">Asks to stop waiting.</param>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    internal async Task<(string? Line, JobEnd? End)> Next(Limits limits, Stopwatch clock, CancellationToken cancellation)
    {
        var reading = _lines.Next();
        while (true)
        {
            var isRead = await Task.WhenAny(reading, Task.Delay(s_watch, cancellation)).ConfigureAwait(false) == reading;
            var line = isRead ? await reading.ConfigureAwait(false) : null;

            // Whoever writes lines without end is watched too.
            if (isRead && (line is null || _watched.Elapsed < s_watch))
            {
                return line is null ? (null, Crashed()) : (line, null);
            }

            _watched.Restart();
            if (cancellation.IsCancellationRequested)
            {
                await Stop().ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
            }

            if (Overrun(clock.Elapsed, limits) is { } end)
            {
                if (end.Status == Status.Timeout)
                {
                    await Stop().ConfigureAwait(false);
                }

                End();
                return (null, end);
            }

            if (isRead)
            {
                return (line, null);
            }
        }
    }

    /// <summary>Ends the process and all that it started.</summary>
    internal void End()
    {
        _tree.End();
        _process.WaitForExit();
        _tree.Reap();
        _spawner.EndOrphans(_since);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            End();
            _printed.Finish();
            _process.Dispose();
        }
    }

    /// <summary>Asks it to stop, and waits a while for its end.</summary>
    private async Task Stop()
    {
        if (_stopLine is null)
        {
            return;
        }

        Send(_stopLine);
        using var grace = new CancellationTokenSource(WorkerStop.Grace);
        try
        {
            await _process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It does not listen.
        }
    }

    private JobEnd? Overrun(TimeSpan elapsed, Limits limits)
    {
        if (elapsed > limits.Time)
        {
            return new(Status.Timeout, Text($"ended at its time limit of {limits.Time.TotalSeconds:0.#} s"), false);
        }

        return _tree.Above(limits.Memory) is { } bytes
            ? new(Status.Oom, Text($"ended at its memory limit of {limits.Memory / 1048576.0:0} MiB: it used {bytes / 1048576.0:0} MiB"), false)
            : limits.GpuMemory is { } most && _tree.AboveOnGpu(most) is { } held
                ? new(Status.Oom, Text($"ended at its limit of {most / 1048576.0:0} MiB of the GPU's memory: it used {held / 1048576.0:0} MiB"), false)
                : null;
    }

    private JobEnd Crashed()
    {
        End();
        _printed.Finish();
        var said = LastWords.Of(_printed.LastWords);
        var how = _process.ExitCode > 128
            ? Text($"was ended by signal {_process.ExitCode - 128} ({SignalName(_process.ExitCode - 128)})")
            : Text($"ended with code {_process.ExitCode}");
        return new(Status.Crashed, $"the worker's process {how}{(said is null ? "" : ": " + said)}", false);
    }

    private static string SignalName(int signal) => signal switch
    {
        4 => "illegal instruction",
        6 => "abort",
        7 => "bus error",
        8 => "arithmetic error",
        9 => "killed, by a person or by the system for lack of memory",
        11 => "segmentation fault",
        15 => "terminated",
        _ => "see signal(7)",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
