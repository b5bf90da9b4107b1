using System.Diagnostics;
using System.Globalization;
using Dfx.Harness.Execution.Models;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// Keeps a training run's checkpoints and resumable state in the job's folder, and measures its time and its evaluations across interruptions. The
/// training phase of its job's meter is as long as it lives.
/// </summary>
internal sealed class TrainingHost : ITrainingHost, IDisposable
{
    private const string StepFact = "dfx-step";

    /// <summary>How long a run that was asked to stop may go on to a step after which it saves.</summary>
    private static readonly TimeSpan s_toSave = WorkerStop.Grace * 0.6;

    // A state that takes long to save is saved less often, so that saving costs at most this share of the time.
    private const double SavingShare = 0.02;

    private readonly TrainingFiles _files;
    private readonly TrainingSettings _settings;
    private readonly IProgressHost _progress;
    private readonly double _interval;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SharedValues _values = new();
    private readonly TrainingTally _tally = new();
    private readonly CancellationTokenSource _interruption = new();
    private readonly CancellationTokenRegistration _stop;
    private readonly IDisposable _phase;
    private double _before;
    private double _nextSave;
    private volatile bool _asksForSaves;

    /// <param name="files">The job's files.</param>
    /// <param name="settings">The length of the run.</param>
    /// <param name="saveSeconds">The least time between two states.</param>
    /// <param name="progress">Who is told how far it has come.</param>
    /// <param name="store">Makes the store of what jobs share.</param>
    /// <param name="meter">The job's meter.</param>
    /// <param name="stop">Asks the job to stop.</param>
    internal TrainingHost(
        TrainingFiles files,
        TrainingSettings settings,
        double saveSeconds,
        IProgressHost progress,
        Func<SharedValues, TrainingTally, ITensorStore> store,
        JobMeter meter,
        CancellationToken stop)
    {
        (_files, _settings, _interval, _progress) = (files, settings, saveSeconds, progress);
        _nextSave = saveSeconds;
        Store = store(_values, _tally);
        _phase = meter.Open(_tally.Count);
        _stop = stop.Register(Stop);
    }

    public ITensorStore Store { get; }

    /// <summary>What the run looks at: it asks to stop once a state is saved, or at once if the run saves none.</summary>
    internal CancellationToken Interruption => _interruption.Token;

    /// <summary>What was evaluated, before an interruption included.</summary>
    internal TrainingCost Cost => _tally.Total;

    /// <summary>Seconds of training, those before an interruption included.</summary>
    internal double Seconds => _before + _clock.Elapsed.TotalSeconds;

    public bool SaveDue
    {
        get
        {
            _asksForSaves = true;
            return _stop.Token.IsCancellationRequested || _clock.Elapsed.TotalSeconds >= _nextSave;
        }
    }

    /// <summary>Counts the cost of something that another job made.</summary>
    internal void Use(string name, TrainingCost cost) => _tally.Use(name, cost);

    public TrainingState? LastState()
    {
        if (_files.ReadState() is not { } state)
        {
            return null;
        }

        _before = double.Parse(state.Facts[TrainingFiles.SecondsFact], CultureInfo.InvariantCulture);
        _tally.Restore(state.Facts.GetValueOrDefault(TrainingFiles.CostFact));
        return new(long.Parse(state.Facts[StepFact], CultureInfo.InvariantCulture), state);
    }

    public void Save(TrainingState state)
    {
        var started = _clock.Elapsed.TotalSeconds;
        _files.WriteState(With(
            state.Contents, (StepFact, Text(state.Step)), (TrainingFiles.SecondsFact, Text(Seconds)), (TrainingFiles.CostFact, _tally.Text)));
        var ended = _clock.Elapsed.TotalSeconds;
        _nextSave = ended + Math.Max(_interval, (ended - started) / SavingShare);
        if (_stop.Token.IsCancellationRequested)
        {
            _interruption.Cancel();
        }
    }

    /// <summary>Keeps the checkpoint of a fraction of the run.</summary>
    /// <exception cref="DivergedException">One of its tensors is not finite everywhere.</exception>
    public void Keep(double fraction, Checkpoint checkpoint, int average = 0)
    {
        var due = _settings.DueAt(fraction);
        FiniteCheck.All(checkpoint.Tensors, $"after {due} {(_settings.Evaluations is null ? "steps" : "training evaluations")}");
        _files.WriteCheckpoint(due, average, With(checkpoint, (TrainingFiles.SecondsFact, Text(Seconds)), (TrainingFiles.CostFact, Cost.ToString())));
    }

    public void Dispose()
    {
        _stop.Dispose();
        _phase.Dispose();
        _interruption.Dispose();
        _values.Dispose();
    }

    public void Report(long done, long total, string? note = null) => _progress.Report(done, total, note);

    private void Stop()
    {
        if (_asksForSaves)
        {
            _interruption.CancelAfter(s_toSave);
        }
        else
        {
            _interruption.Cancel();
        }
    }

    private static Checkpoint With(Checkpoint checkpoint, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var all = new Dictionary<string, string>(checkpoint.Facts, StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            all[name] = value;
        }

        return checkpoint with { Facts = all };
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
