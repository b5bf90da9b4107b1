using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dfx.Harness.Doctor;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Numerics;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Takes jobs from the host until one fails: what a failed job left in the process must not reach the next.</summary>
/// <param name="wire">The line to the host.</param>
/// <param name="stop">Asks to stop.</param>
internal sealed class WorkerLoop(Wire<Request, Reply> wire, CancellationToken stop)
{
    private Traces? _before;

    internal void Run()
    {
        WorkerSession? session = null;
        try
        {
            foreach (var request in wire.Requests(stop))
            {
                session ??= new(request.Cache);
                if (!Served(session, request))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It had nothing to do.
        }

        session?.Dispose();
    }

    /// <summary>Whether the process can serve another request.</summary>
    private bool Served(WorkerSession session, Request request)
    {
        if (request.Fingerprint is { } dataset)
        {
            Answer(session, request, () => new() { Fingerprint = session.Fingerprint(dataset) });
            return true;
        }

        if (request.TestImages is { } counted)
        {
            Answer(session, request, () => new() { TestImages = session.Data(counted).Count(Sdk.Split.Test) });
            return true;
        }

        if (request.Correction is { } question)
        {
            Answer(session, request, () => new() { Correction = CorrectionCheck.Of(session, question) });
            return true;
        }

        if (request.Device is { } device)
        {
            Answer(session, request, () => Tried(device));
            return true;
        }

        return Run(session, request) is { } status && !status.IsFailure();
    }

    /// <summary>Right numbers are the proof that a device can be used; what the library says of one that cannot is meant for people.</summary>
    private static Reply Tried(string device)
    {
        try
        {
            Libtorch.Load();
            return Fault(device) is { } fault ? new() { Finished = new(Status.Error, fault) } : new();
        }
        catch (Exception e) when (e is ExternalException or InvalidOperationException or DllNotFoundException)
        {
            return new() { Finished = new(Status.Error, NativeErrors.FirstLine(e.Message)) };
        }
    }

    private static string? Fault(string text)
    {
        var device = RunDevice.Parse(text);
        if (!device.IsCpu && !torch.cuda.is_available())
        {
            return $"libtorch {Libtorch.Version()} in {Libtorch.Folder()} finds no CUDA device; {Libtorch.Variable} takes the folder torch/lib of a PyTorch with CUDA, and nvidia-smi tells whether the driver works";
        }

        return device.Gpus.IsEmpty
            ? SelfTest.Of(torch.device(device.Type))
            : device.Problem([.. Gpus(Enumerable.Range(0, torch.cuda.device_count())).Select(DeviceMemory.Name)])
                ?? Gpus(device.Gpus).Select(gpu => SelfTest.Of(gpu)).FirstOrDefault(fault => fault is not null);
    }

    private static IEnumerable<torch.Device> Gpus(IEnumerable<int> indices) => indices.Select(index => new torch.Device(DeviceType.CUDA, index));

    private void Answer(WorkerSession session, Request request, Func<Reply> answer)
    {
        try
        {
            Send(request, answer());
        }
        catch (Exception e)
        {
            Send(request, new() { Finished = new(Status.Error, MessageJson.Short(session.Explain(e) ?? Verdict.Of(e).Message)) });
        }
    }

    private void Send(Request request, Reply reply) => wire.Send(reply with { Secret = request.Secret, Job = request.Job?.Key });

    /// <summary>Runs a job, writes its record and tells the host. Null if the process is of no further use: the job was stopped, and has no record, or left something behind.</summary>
    private Status? Run(WorkerSession session, Request request)
    {
        var job = request.Job!;
        var results = new ResultsFolder(request.Results);
        var clock = Stopwatch.StartNew();
        try
        {
            Send(request, new() { Begun = true });
            if (Attempt(session, request, results, clock) is not { } attempt)
            {
                return null;
            }

            var record = Kept(results, attempt, job);
            if (record.IsFinal)
            {
                // Not before the record is there: until then the state is all that an interruption leaves of the training.
                new TrainingFiles(results.ArtifactsOf(job.Key)).DeleteState();
                if (job.Kind == JobKind.Cell)
                {
                    SampleFile.Release(results, job);
                }
            }

            var left = Left();
            Send(request, new() { Finished = new(record.Status, MessageJson.Short(record.Message), Traces: left) });
            return left is null ? record.Status : null;
        }
        catch (Exception e) when (Verdict.IsStorageFull(e))
        {
            Send(request, new() { Finished = new(Status.Error, $"{e.Message}", StorageFull: true) });
            return Status.Error;
        }
    }

    /// <summary>What the job left behind in this process; null if nothing.</summary>
    private string? Left()
    {
        var left = _before?.Left();
        if (left is not null)
        {
            Console.Error.WriteLine($"[the job left {left}: the next one gets another process]");
        }

        return left;
    }

    /// <summary>Writes a record. One that no file can hold ends as an error of its job, and not of the process.</summary>
    private static JobRecord Kept(ResultsFolder results, JobRecord record, Job job)
    {
        try
        {
            RecordFiles.Write(results, record);
            return record;
        }
        catch (Exception e) when (e is ArgumentException or JsonException or NotSupportedException)
        {
            var failed = Records.Of(job, Status.Error, $"what the job gave cannot be written: {e.Message}") with { Timing = new() { Ended = DateTimeOffset.UtcNow } };
            RecordFiles.Write(results, failed);
            return failed;
        }
    }

    private JobRecord? Attempt(WorkerSession session, Request request, ResultsFolder results, Stopwatch clock)
    {
        var job = request.Job!;
        try
        {
            var device = Device(job.Device);
            _before ??= Traces.Now(device);
            var desk = new JobDesk(job, session, results, device, new WireProgress(reply => Send(request, reply)), request.SaveSeconds, stop);
            var result = Ended(desk);
            if (job.Kind != JobKind.Sample)
            {
                session.Drop();
            }

            // Whoever was asked to stop and came to an end nevertheless may have left something out.
            stop.ThrowIfCancellationRequested();
            DeviceMemory.EmptyCache(device);
            var timing = result.Timing with
            {
                Seconds = Math.Max(result.Timing.Seconds, clock.Elapsed.TotalSeconds),
                Device = Words(job.Device, device),
                Machine = JobTiming.ThisMachine,
                Ended = DateTimeOffset.UtcNow,
            };
            var (status, message) = Verdict.Of(result.Outcome.FailedMetrics);
            return Records.Of(job, status, message ?? CollectJob.Words(result.Outcome)) with { Outcome = result.Outcome, Timing = timing, Checksums = result.Checksums ?? Soundness.Of(results.ArtifactsOf(job.Key), result.Outcome.Files) };
        }
        catch (Exception e) when (stop.IsCancellationRequested && !Verdict.IsStorageFull(e))
        {
            Console.Error.WriteLine($"stopped: {NativeErrors.FirstLine(e.Message)}");
            return null;
        }
        catch (Exception e) when (!Verdict.IsStorageFull(e))
        {
            Console.Error.WriteLine(NativeErrors.WithoutFrames(e.ToString()));
            var (failure, what) = session.Explain(e) is { } why ? (Status.Error, why) : Verdict.Of(e);
            return Records.Of(job, failure, what) with { Timing = new() { Seconds = clock.Elapsed.TotalSeconds, Ended = DateTimeOffset.UtcNow } };
        }
    }

    private static JobResult Ended(JobDesk desk)
    {
        try
        {
            return Dispatch(desk);
        }
        finally
        {
            desk.Meter.End();
        }
    }

    private static JobResult Dispatch(JobDesk desk)
    {
        using var scope = torch.NewDisposeScope();
        using var exact = Tf32.Region(allowed: false);
        return desk.Job.Kind switch
        {
            JobKind.Train => TrainJob.Run(desk),
            JobKind.Collect => CollectJob.Run(desk),
            JobKind.Correct => CorrectJob.Run(desk),
            JobKind.Analyse => AnalyseJob.Run(desk),
            JobKind.Sample => SampleJob.Run(desk),
            _ => CellJob.Run(desk),
        };
    }

    private static torch.Device Device(DeviceSpec spec)
    {
        Libtorch.Load();
        if (spec.Threads > 0)
        {
            torch.set_num_threads(spec.Threads);
        }

        return torch.device(spec.Type);
    }

    private static string Words(DeviceSpec spec, torch.Device device) =>
        spec.Type == "cpu" ? $"cpu, {spec.Threads} threads" : $"{spec.Type}, {DeviceMemory.Name(device)}";
}
