using System.Diagnostics;
using System.Globalization;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>A line when a job ends, and one every few seconds while it runs: for logs and pipes.</summary>
internal sealed class PlainDisplay(TextWriter output, RunTotals totals) : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, Stopwatch> _told = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Started(Job job)
    {
        lock (_lock)
        {
            totals.Start(job);
            _told[job.Key] = Stopwatch.StartNew();
        }
    }

    public void Progressed(Job job, Progress progress)
    {
        lock (_lock)
        {
            var rate = totals.Note(job, progress);
            if (_told.TryGetValue(job.Key, out var since) && since.Elapsed > s_interval)
            {
                since.Restart();
                output.WriteLine($"  ...    {job.Identity}: {ProgressText.Of(progress, rate)}");
            }
        }
    }

    public void Ended(Job job, JobEnd end)
    {
        lock (_lock)
        {
            _told.Remove(job.Key);
            var seconds = totals.End(job);
            var left = totals.Remaining() is { } rest && totals.Ended < totals.Total ? $", about {Duration.Text(rest)} left" : "";
            var message = end.Message is null ? "" : $": {end.Message}";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"[{totals.Ended}/{totals.Total}] {StatusText.Of(end.Status),-5} {job.Identity} ({Duration.Text(seconds)}{left}){message}"));
        }
    }

    public void Blocked(IReadOnlyList<Job> jobs)
    {
        lock (_lock)
        {
            if (totals.Block(jobs) is > 0 and var count)
            {
                output.WriteLine($"         {count} jobs that need it will not run");
            }
        }
    }

    public void Left(string why)
    {
        lock (_lock)
        {
            output.WriteLine($"         a worker leaves the run: {why}");
        }
    }

    public void Dispose()
    {
    }
}
