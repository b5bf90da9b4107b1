using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>A worker as the host sees it: a child process that is sent jobs, watched, and ended as a whole group.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan s_watch = TimeSpan.FromMilliseconds(250);
    private readonly Process _process;
    private readonly Task<string> _errors;

    internal WorkerProcess(Spawner spawner, DeviceSpec device)
    {
        _process = spawner.Start(WorkerStart.Info(device));
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether another job can be sent.</summary>
    internal bool IsAlive => !_process.HasExited;

    /// <summary>Sends a job and waits for its end, whichever way it comes.</summary>
    /// <param name="request">The job.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="progress">Told of progress.</param>
    /// <param name="cancellation">Ends the worker: the job has no end then.</param>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    internal async Task<JobEnd> Run(Request request, Limits limits, Action<Progress> progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Send(request);
        var reading = ReadUntilFinished(progress);
        while (true)
        {
            if (await Task.WhenAny(reading, Task.Delay(s_watch, cancellation)).ConfigureAwait(false) == reading)
            {
                return await reading.ConfigureAwait(false) is { } finished
                    ? new(finished.Status, finished.Message, !finished.StorageFull, finished.StorageFull)
                    : await Crashed().ConfigureAwait(false);
            }

            cancellation.ThrowIfCancellationRequested();
            if (Overrun(clock.Elapsed, limits) is { } end)
            {
                End();
                return end;
            }
        }
    }

    /// <summary>Asks for a dataset's fingerprint.</summary>
    /// <exception cref="UsageException">The dataset is not to be had.</exception>
    internal string Fingerprint(DatasetSpec dataset, string cache)
    {
        Send(new(null, dataset, "", cache, 0));
        var reply = _process.StandardOutput.ReadLine() is { } line ? Parse(line) : null;
        return reply?.Fingerprint ?? throw new UsageException(
            $"dataset '{dataset.Plugin.Id}': {reply?.Finished?.Message ?? "its plugin ended the process that asked for its fingerprint"}");
    }

    /// <summary>Ends the process and all that it started.</summary>
    internal void End()
    {
        Posix.EndGroup(_process.Id);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private void Send(Request request)
    {
        try
        {
            _process.StandardInput.WriteLine(MessageJson.Line(request));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The worker is gone: reading tells so too, and why.
        }
    }

    private async Task<Finished?> ReadUntilFinished(Action<Progress> progress)
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            var reply = Parse(line);
            if (reply?.Progress is { } p)
            {
                progress(p);
            }

            if (reply?.Finished is { } finished)
            {
                return finished;
            }
        }

        return null;
    }

    /// <summary>A worker that is killed in the middle of a line leaves half of it.</summary>
    private static Reply? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, MessageJson.Default.Reply);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JobEnd? Overrun(TimeSpan elapsed, Limits limits)
    {
        if (elapsed > limits.Time)
        {
            return new(Status.Timeout, Text($"ended at its time limit of {limits.Time.TotalSeconds:0.#} s"), false);
        }

        return ProcessMemory.Resident(_process.Id) is { } bytes && bytes > limits.Memory
            ? new(Status.Oom, Text($"ended at its memory limit of {limits.Memory / 1048576.0:0} MiB: it used {bytes / 1048576.0:0} MiB"), false)
            : null;
    }

    private async Task<JobEnd> Crashed()
    {
        End();
        var said = (await _errors.ConfigureAwait(false)).Trim();
        var how = _process.ExitCode > 128
            ? Text($"was ended by signal {_process.ExitCode - 128} ({SignalName(_process.ExitCode - 128)})")
            : Text($"ended with code {_process.ExitCode}");
        return new(Status.Crashed, $"the worker's process {how}{(said.Length > 0 ? ": " + said.Split('\n')[^1] : "")}", false);
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
