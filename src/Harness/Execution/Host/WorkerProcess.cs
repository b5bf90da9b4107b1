using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>A worker as the host sees it: a child process that is sent jobs and questions.</summary>
/// <param name="spawner">Starts it.</param>
/// <param name="device">Its device.</param>
/// <param name="gpu">The GPU that it sees, as <see cref="WorkerStart.Info"/> takes it.</param>
/// <param name="saves">Whether it has anything to save when it is stopped; if not it is ended at once.</param>
internal sealed class WorkerProcess(Spawner spawner, DeviceSpec device, int? gpu = null, bool saves = true) : IDisposable
{
    /// <summary>What a question of the planner may take: hashing a large dataset, or starting a graphics card.</summary>
    private static readonly Limits s_question = new(TimeSpan.FromMinutes(15), LimitsReader.Default.Memory);

    /// <summary>What a correction may take to look at its options.</summary>
    private static readonly Limits s_check = new(TimeSpan.FromMinutes(1), LimitsReader.Default.Memory);

    private static readonly string s_stop = MessageJson.Line(new() { Stop = true, Cache = "" });

    private readonly ChildProcess _child = new(spawner, WorkerStart.Info(device, gpu: gpu), saves ? s_stop : null, WorkerStart.Gpu(device, gpu));

    // What plugins write past the worker does not have it.
    private readonly string _secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private readonly HashSet<string> _code = new(StringComparer.Ordinal);
    private string? _traces;

    /// <summary>Whether its process is there.</summary>
    internal bool IsAlive => _child.IsAlive;

    /// <summary>Whether a job can be sent: the process is there, and what it has run is nobody's but the job's.</summary>
    internal bool Takes(Job job) => _traces is null && IsAlive && _code.IsSubsetOf(JobCode.Of(job));

    /// <summary>How well a job suits, for <see cref="JobQueue.Take(Func{Job, int}?, CancellationToken)"/>: not at all if it needs another process, best if it brings no new code.</summary>
    internal int Suits(Job job)
    {
        if (_code.Count == 0 || _traces is not null)
        {
            return JobQueue.BestFit;
        }

        var code = JobCode.Of(job);
        return !_code.IsSubsetOf(code) ? 0 : _code.Count == code.Count ? JobQueue.BestFit : JobQueue.BestFit - 1;
    }

    /// <summary>Sends a job and waits for its end, whichever way it comes.</summary>
    /// <param name="request">The job.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="progress">Told of progress.</param>
    /// <param name="cancellation">Ends the worker: the job has no end then.</param>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    internal async Task<JobEnd> Run(Request request, Limits limits, Action<Progress> progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var begun = false;
        _code.UnionWith(JobCode.Of(request.Job!));
        _child.LogTo(new ResultsFolder(request.Results).LogPath(request.Job!.Key));
        Send(request);
        while (true)
        {
            var (line, end) = await _child.Next(limits, clock, cancellation).ConfigureAwait(false);
            if (end is not null)
            {
                return end with { Begun = begun };
            }

            var reply = Answer(line!, request);
            begun |= reply?.Begun == true;
            if (reply?.Finished is { } finished)
            {
                _child.DrainLog();
                _traces = finished.Traces;
                return new(finished.Status, finished.Message, !finished.StorageFull, finished.StorageFull, Traces: finished.Traces);
            }

            if (reply?.Progress is { } p)
            {
                progress(p);
            }
        }
    }

    /// <summary>Asks for a dataset's fingerprint.</summary>
    /// <exception cref="UsageException">The dataset is not to be had.</exception>
    internal string Fingerprint(DatasetSpec dataset, string cache)
    {
        var (reply, fault) = Ask(new() { Fingerprint = dataset, Cache = cache }, s_question);
        return reply?.Fingerprint ?? throw new UsageException($"dataset '{dataset.Plugin.Id}': {fault}");
    }

    /// <summary>Asks how many test images a dataset has.</summary>
    /// <exception cref="UsageException">The dataset is not to be had.</exception>
    internal int TestImages(DatasetSpec dataset, string cache)
    {
        var (reply, fault) = Ask(new() { TestImages = dataset, Cache = cache }, s_question);
        return reply?.TestImages ?? throw new UsageException($"dataset '{dataset.Plugin.Id}': {fault}");
    }

    /// <summary>Asks a correction whether it can work; it says nothing if it fails otherwise than with its reasons.</summary>
    internal CorrectionAnswer Check(CorrectionQuestion question, string cache) =>
        Ask(new() { Correction = question, Cache = cache }, s_check).Reply?.Correction ?? CorrectionAnswer.None;

    /// <summary>A worker whose device computes what it should. One whose process ends before it answers, killed perhaps, is followed by one more.</summary>
    /// <exception cref="UsageException">The device cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    internal static WorkerProcess Proven(Spawner spawner, DeviceSpec device, int? gpu, string cache, CancellationToken cancellation = default)
    {
        for (var isLast = false; ; isLast = true)
        {
            var worker = new WorkerProcess(spawner, device, gpu);
            var (fault, ended) = worker.DeviceFault(device.Type, cache, cancellation);
            if (fault is null)
            {
                return worker;
            }

            worker.Dispose();
            if (isLast || !ended)
            {
                throw Unusable(gpu is null ? device.Type : $"{device.Type}:{gpu}", fault);
            }
        }
    }

    /// <summary>Asks whether a device can be used.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    internal void RequireDevice(string device, string cache)
    {
        if (DeviceFault(device, cache, CancellationToken.None) is { Text: { } fault })
        {
            throw Unusable(device, fault);
        }
    }

    private static UsageException Unusable(string device, string fault) => new($"--device {device}: {fault}");

    private (string? Text, bool Ended) DeviceFault(string device, string cache, CancellationToken cancellation)
    {
        try
        {
            var (reply, fault) = Ask(new() { Device = device, Cache = cache }, s_question, cancellation);
            return (fault, reply is null);
        }
        catch (OperationCanceledException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose() => _child.Dispose();

    private void Send(Request request) => _child.Send(MessageJson.Line(request with { Secret = _secret }));

    private (Reply? Reply, string? Fault) Ask(Request question, Limits limits, CancellationToken cancellation = default)
    {
        Send(question);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var (line, end) = _child.Next(limits, clock, cancellation).GetAwaiter().GetResult();
            var reply = line is null ? null : Answer(line, question);
            if (end is not null || reply is not null)
            {
                return (reply, end?.Message ?? reply?.Finished?.Message);
            }
        }
    }

    /// <summary>What the worker answers to a request; null for a line that somebody else wrote, or that it could not finish.</summary>
    private Reply? Answer(string line, Request request)
    {
        try
        {
            return JsonSerializer.Deserialize(line, MessageJson.Default.Reply) is { } reply && reply.Secret == _secret && reply.Job == request.Job?.Key ? reply : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
