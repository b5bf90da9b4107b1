using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>Runs the jobs of a plan on worker processes.</summary>
/// <param name="plan">What is to be run.</param>
/// <param name="display">Told of everything.</param>
/// <param name="spawner">Starts the processes.</param>
/// <param name="first">A process that is there already and has run nothing; it becomes the first worker.</param>
/// <param name="prove">Starts a worker on a GPU that computes what it should, or says in an exception why it does not.</param>
internal sealed class Runner(
    RunPlan plan, IRunDisplay display, Spawner spawner, WorkerProcess? first = null, Func<DeviceSpec, int?, CancellationToken, WorkerProcess>? prove = null)
{
    /// <summary>In place of the time between two resumable states: what is run is thrown away, and where it is stopped nothing is worth waiting for.</summary>
    internal const double SavesNothing = double.MaxValue;

    // File systems stamp files by a clock that ticks more coarsely than ours.
    private static readonly TimeSpan s_clockTick = TimeSpan.FromSeconds(1);

    private readonly Func<DeviceSpec, int?, CancellationToken, WorkerProcess> _prove = prove
        ?? ((device, gpu, cancellation) => WorkerProcess.Proven(spawner, device, gpu, plan.Cache, cancellation));

    private readonly JobQueue _queue = new(
        plan.ToDo,
        plan.Compared.Where(c => c is { Standing: Standing.Cached, Record.Status: Status.Ok }).Select(c => c.Job.Key));

    /// <summary>Runs until nothing is left.</summary>
    /// <returns>Why jobs are left that could run, in a sentence: no GPU works any more. Null if none are.</returns>
    /// <exception cref="UsageException">The device that holds the results is full.</exception>
    /// <exception cref="OperationCanceledException">The token asked to stop; all workers are ended.</exception>
    internal async Task<string?> Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var slots = Enumerable.Range(0, Math.Min(plan.Workers, plan.ToDo.Count))
            .Select(i => Task.Run(() => Slot(i == 0 ? first : null, plan.Device.GpuOf(i), stop), CancellationToken.None));
        var lost = await Task.WhenAll(slots).ConfigureAwait(false);
        return _queue.AnyLeft && lost.OfType<string>().FirstOrDefault() is { } why
            ? $"{why}. No GPU is left for the other jobs; what was finished is kept, and the same command goes on from here."
            : null;
    }

    /// <summary>One worker after another, each kept for as long as its jobs are of the plugins whose code it has run, nothing is left behind in it and nothing fails.</summary>
    /// <returns>Why its GPU can no longer be used, if that is how it ended.</returns>
    private async Task<string?> Slot(WorkerProcess? worker, int? gpu, CancellationTokenSource stop)
    {
        try
        {
            while (await _queue.Take(Suits, stop.Token).ConfigureAwait(false) is { } job)
            {
                if (worker?.Takes(job) == false)
                {
                    worker.Dispose();
                    worker = null;
                }

                var started = DateTime.UtcNow;
                display.Started(job);
                var end = worker is null ? null : await Try(worker, job, stop.Token).ConfigureAwait(false);
                if (end is not { Begun: true })
                {
                    // The last job was well and its worker still ended before this one: that is no fault of this one.
                    worker?.Dispose();
                    worker = new(spawner, job.Device, gpu, saves: plan.SaveSeconds < SavesNothing);
                    end = await Try(worker, job, stop.Token).ConfigureAwait(false);
                }

                if (Complete(job, end, started).Status.IsFailure())
                {
                    worker!.Dispose();
                    worker = null;
                    if (Lost(job.Device, gpu, ref worker, stop.Token) is { } why)
                    {
                        return why;
                    }
                }
            }

            return null;

            int Suits(Job job) => worker?.Suits(job) ?? JobQueue.BestFit;
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

    /// <summary>
    /// Why a GPU can no longer be used, after a job failed on it; otherwise the worker that proved it is there for the next job. A GPU that is broken would
    /// fail every job that is left in a moment.
    /// </summary>
    private string? Lost(DeviceSpec device, int? gpu, ref WorkerProcess? worker, CancellationToken cancellation)
    {
        if (plan.Device.IsCpu || !_queue.AnyLeft)
        {
            return null;
        }

        try
        {
            worker = _prove(device, gpu, cancellation);
            return null;
        }
        catch (UsageException e)
        {
            display.Left(e.Message);
            return e.Message;
        }
    }

    private Task<JobEnd> Try(WorkerProcess worker, Job job, CancellationToken cancellation)
    {
        plan.Results.Restore();
        var request = new Request { Job = job, Results = plan.Results.Root, Cache = plan.Cache, SaveSeconds = plan.SaveSeconds };
        return worker.Run(request, plan.Limits, progress => display.Progressed(job, progress), cancellation);
    }

    private JobEnd Complete(Job job, JobEnd end, DateTime started)
    {
        if (end.StorageFull)
        {
            throw Full(end.Message!);
        }

        end = Proven(end, job, plan.Results);
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

    /// <summary>An end that is written down, or that of a job whose record is not there, whatever its worker says.</summary>
    internal static JobEnd Proven(JobEnd end, Job job, ResultsFolder results) => end.Recorded && RecordFiles.Read(results, job.Key)?.Status != end.Status
        ? new(Status.Crashed, "the worker said that the job had ended, and its record is not there", false)
        : end;

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
