using System.Diagnostics;
using System.Text.Json;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Execution.Host;

/// <summary>Writes what is running for <c>dfx status</c>, and passes everything on to another display.</summary>
internal sealed class StatusFile(IRunDisplay inner, ResultsFolder results) : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);
    private readonly Dictionary<string, (Job Job, Stopwatch Clock, Progress Progress, Pace Pace)> _running = new(StringComparer.Ordinal);
    private readonly Stopwatch _written = Stopwatch.StartNew();
    private readonly Lock _lock = new();

    public void Started(Job job)
    {
        lock (_lock)
        {
            _running[job.Key] = (job, Stopwatch.StartNew(), new(0, 0, null), new());
            Write(force: true);
        }

        inner.Started(job);
    }

    public void Progressed(Job job, Progress progress)
    {
        lock (_lock)
        {
            // A line may still come in after the job's end.
            if (_running.TryGetValue(job.Key, out var running))
            {
                running.Pace.Note(progress, running.Clock.Elapsed.TotalSeconds);
                _running[job.Key] = running with { Progress = progress };
                Write(force: false);
            }
        }

        inner.Progressed(job, progress);
    }

    public void Ended(Job job, JobEnd end)
    {
        lock (_lock)
        {
            _running.Remove(job.Key);
        }

        inner.Ended(job, end);
    }

    public void Blocked(IReadOnlyList<Job> jobs) => inner.Blocked(jobs);

    public void Left(string why) => inner.Left(why);

    public void Dispose()
    {
        inner.Dispose();
        File.Delete(results.RunningPath);
    }

    private void Write(bool force)
    {
        if (!force && _written.Elapsed < s_interval)
        {
            return;
        }

        _written.Restart();
        var jobs = _running.Values.Select(r => new RunningJob(
            r.Job.Key, r.Job.Identity, r.Clock.Elapsed.TotalSeconds, r.Progress.Done, r.Progress.Total, r.Progress.Note, r.Pace.Rate));
        var state = new RunningState(Environment.ProcessId, DateTimeOffset.UtcNow, [.. jobs]);
        try
        {
            AtomicFile.Write(results.RunningPath, stream => JsonSerializer.Serialize(stream, state, StoreJson.Default.RunningState));
        }
        catch (IOException)
        {
            // The news of the moment is worth no run; where results do not fit either, their own error tells.
        }
    }
}
