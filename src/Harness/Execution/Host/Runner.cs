using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>Runs the jobs of a plan on worker processes.</summary>
/// <param name="plan">What is to be run.</param>
/// <param name="display">Told of everything.</param>
/// <param name="spawner">Starts the processes.</param>
/// <param name="first">A process that is there already and has run nothing; it becomes the first worker.</param>
internal sealed class Runner(RunPlan plan, IRunDisplay display, Spawner spawner, WorkerProcess? first = null)
{
    // File systems stamp files by a clock that ticks more coarsely than ours.
    private static readonly TimeSpan s_clockTick = TimeSpan.FromSeconds(1);

    private readonly JobQueue _queue = new(
        plan.ToDo,
        plan.Compared.Where(c => c is { Standing: Standing.Cached, Record.Status: Status.Ok }).Select(c => c.Job.Key));

    /// <summary>Runs until nothing is left.</summary>
    /// <exception cref="UsageException">The device that holds the results is full.</exception>
    /// <exception cref="OperationCanceledException">The token asked to stop; all workers are ended.</exception>
    internal async Task Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var slots = Enumerable.Range(0, Math.Min(plan.Workers, plan.ToDo.Count)).Select(i => Task.Run(() => Slot(i == 0 ? first : null, stop), CancellationToken.None));
        await Task.WhenAll(slots).ConfigureAwait(false);
    }

    /// <summary>One worker after another, each kept for as long as its plugin does not change and nothing fails.</summary>
    private async Task Slot(WorkerProcess? worker, CancellationTokenSource stop)
    {
        Job? last = null;
        try
        {
            while (await _queue.Take(stop.Token).ConfigureAwait(false) is { } job)
            {
                if (worker is not null && (!worker.IsAlive || (last is not null && Plugin(last) != Plugin(job))))
                {
                    worker.Dispose();
                    worker = null;
                }

                last = job;
                var started = DateTime.UtcNow;
                display.Started(job);
                var end = worker is null ? null : await Try(worker, job, stop.Token).ConfigureAwait(false);
                if (end is not { Begun: true })
                {
                    // The last job was well and its worker still ended before this one: that is no fault of this one.
                    worker?.Dispose();
                    worker = new(spawner, job.Device);
                    end = await Try(worker, job, stop.Token).ConfigureAwait(false);
                }

                if (Complete(job, end, started).Status.IsFailure())
                {
                    worker!.Dispose();
                    worker = null;
                }
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            worker?.Dispose();
        }
    }

    private static string? Plugin(Job job) => job.Model.Method?.Assembly;

    private Task<JobEnd> Try(WorkerProcess worker, Job job, CancellationToken cancellation)
    {
        var request = new Request { Job = job, Results = plan.Results.Root, Cache = plan.Cache, SaveSeconds = plan.SaveSeconds };
        return worker.Run(request, plan.Limits, progress => display.Progressed(job, progress), cancellation);
    }

    private JobEnd Complete(Job job, JobEnd end, DateTime started)
    {
        if (end.StorageFull)
        {
            throw Full(end.Message!);
        }

        if (!end.Recorded)
        {
            end = Recorded(job, started) ?? Record(job, end);
        }

        display.Ended(job, end);
        var blocked = _queue.Complete(job, end.Status);
        if (blocked.Count > 0)
        {
            display.Blocked(blocked);
        }

        return end;
    }

    /// <summary>The end that the worker wrote down before it was gone, if it came so far.</summary>
    private JobEnd? Recorded(Job job, DateTime started) =>
        File.GetLastWriteTimeUtc(plan.Results.RecordPath(job.Key)) >= started - s_clockTick && RecordFiles.Read(plan.Results, job.Key) is { IsFinal: true } record
            ? new(record.Status, record.Message, true)
            : null;

    private JobEnd Record(Job job, JobEnd end)
    {
        try
        {
            RecordFiles.Write(plan.Results, Records.Of(job, end.Status, end.Message));
            return end;
        }
        catch (IOException e) when (Verdict.IsStorageFull(e))
        {
            throw Full(e.Message);
        }
    }

    private UsageException Full(string what) => new(
        $"there is no room left for results in {plan.Results.Root} ({what}). Nothing that was finished is lost: free space and run the same command again.");
}
