using System.Diagnostics;
using Dfx.Harness.Execution.Models;
using Dfx.Numerics;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// Keeps a collection's parts in the job's folder, and measures its time and its evaluations across interruptions. The parts that were written before an
/// interruption are where it goes on.
/// </summary>
internal sealed class CollectionHost : ICollectionHost, IDisposable
{
    /// <summary>What stands before the purposes of its random numbers: it shares none with its source, nor with the corrections that learn from it.</summary>
    private const string Scope = "collect/";

    private readonly CollectionFiles _files;
    private readonly IProgressHost _progress;
    private readonly CancellationTokenSource _interruption;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double _before;
    private readonly EvaluationCounts _counted;
    private readonly int _most;
    private readonly CancellationToken _stop;
    private SortedDictionary<string, string>? _columns;
    private (double Share, double Seconds)? _reported;

    /// <param name="files">The job's files.</param>
    /// <param name="networks">The source's networks.</param>
    /// <param name="progress">Who is told how far it has come.</param>
    /// <param name="most">After how many parts it is interrupted.</param>
    /// <param name="stop">Asks the job to stop.</param>
    internal CollectionHost(CollectionFiles files, IReadOnlyList<NetworkCard> networks, IProgressHost progress, int most, CancellationToken stop)
    {
        (_files, _progress, _most, _stop) = (files, progress, most, stop);
        (Parts, _before, _counted) = files.GoOn();
        _columns = Parts == 0 ? null : files.Columns();
        _interruption = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Meter = new(int.MaxValue, 1, networks, _interruption.Token);
        Interrupt();
    }

    public int Parts { get; private set; }

    /// <summary>Told of every evaluation.</summary>
    internal EvaluationMeter Meter { get; }

    /// <summary>What the correction looks at.</summary>
    internal CancellationToken Interruption => _interruption.Token;

    /// <summary>Whether it has as many parts as were wanted, which need not be all of them.</summary>
    internal bool HasEnough => Parts >= _most;

    /// <summary>What was evaluated, before an interruption included.</summary>
    internal EvaluationCounts Counts => _counted.Plus(Meter.Counts);

    /// <summary>Seconds of collecting, those before an interruption included.</summary>
    internal double Seconds => _before + _clock.Elapsed.TotalSeconds;

    /// <summary>The share of the collection that was there when the plugin last told, and the seconds until then; null if it never told.</summary>
    internal (double Share, double Seconds)? Reported => _reported;

    /// <summary>Lets a correction collect, until it ends or as many parts as are wanted are there.</summary>
    /// <param name="correction">The correction.</param>
    /// <param name="source">Its source, metered here.</param>
    /// <param name="model">The source's context.</param>
    /// <param name="flip">Whether the source learned from mirrored images.</param>
    /// <exception cref="OperationCanceledException">The job was asked to stop.</exception>
    internal void Collect(ICollectingCorrection correction, IDenoiser source, ModelContext model, bool flip)
    {
        try
        {
            correction.Collect(new() { Source = Metered(source), Model = model with { Scope = Scope }, Flip = flip, Host = this, Cancellation = Interruption });
        }
        catch (OperationCanceledException) when (HasEnough && !_stop.IsCancellationRequested)
        {
            // More was not wanted.
        }
    }

    public void Add(IReadOnlyDictionary<string, torch.Tensor> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var columns = ColumnsOf(part);
        if (!columns.SequenceEqual(_columns ??= columns))
        {
            throw new ArgumentException($"part {Parts} has {Words(columns)}; the parts before it have {Words(_columns)}");
        }

        FiniteCheck.All(part, $"part {Parts} of the collection");
        _files.Write(Parts, part, Seconds, Counts);

        // Steps of as many sizes as there are rows under way leave the heap in pieces, and what is free between them stays resident: twice as much as is used, after a hundred parts.
        DeviceMemory.EmptyCache(torch.CPU);
        Parts++;
        Interrupt();
    }

    public void Report(long done, long total, string? note = null)
    {
        _reported = done > 0 && total > 0 ? (Math.Min(1, (double)done / total), Seconds) : _reported;
        _progress.Report(done, total, note);
    }

    public void Dispose() => _interruption.Dispose();

    private void Interrupt()
    {
        if (HasEnough)
        {
            _interruption.Cancel();
        }
    }

    private IDenoiser Metered(IDenoiser source) => source is IVarianceDenoiser variance
        ? new MeteredVarianceDenoiser(variance, Meter, null)
        : new MeteredDenoiser(source, Meter, null);

    private SortedDictionary<string, string> ColumnsOf(IReadOnlyDictionary<string, torch.Tensor> part)
    {
        var rows = part.Values.FirstOrDefault()?.shape is [var first, ..] ? first : 0;
        return rows > 0 && part.Values.All(column => column.shape is [var length, ..] && length == rows)
            ? CollectionFiles.ColumnsOf(part)
            : throw new ArgumentException($"part {Parts} needs columns of one length, at least 1: {string.Join(", ", part.Select(column => $"{column.Key} {TensorFault.Shape(column.Value)}"))}");
    }

    private static string Words(SortedDictionary<string, string> columns) => string.Join(", ", columns.Select(column => $"{column.Key} of {column.Value}"));
}
