using System.Diagnostics;
using System.Globalization;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Keeps a training run's checkpoints and resumable state in the job's folder, and measures its time across interruptions.</summary>
internal sealed class TrainingHost : ITrainingHost, IDisposable
{
    private const string StepFact = "dfx-step";

    // A state that takes long to save is saved less often, so that saving costs at most this share of the time.
    private const double SavingShare = 0.02;

    private readonly TrainingFiles _files;
    private readonly TrainingSettings _settings;
    private readonly IProgressHost _progress;
    private readonly double _interval;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SharedValues _values = new();
    private double _before;
    private double _nextSave;

    internal TrainingHost(
        TrainingFiles files, TrainingSettings settings, double saveSeconds, IProgressHost progress, Func<SharedValues, ITensorStore> store)
    {
        (_files, _settings, _interval, _progress) = (files, settings, saveSeconds, progress);
        _nextSave = saveSeconds;
        Store = store(_values);
    }

    public ITensorStore Store { get; }

    /// <summary>Seconds of training, those before an interruption included.</summary>
    internal double Seconds => _before + _clock.Elapsed.TotalSeconds;

    public bool SaveDue => _clock.Elapsed.TotalSeconds >= _nextSave;

    public TrainingState? LastState()
    {
        if (_files.ReadState() is not { } state)
        {
            return null;
        }

        _before = double.Parse(state.Facts[TrainingFiles.SecondsFact], CultureInfo.InvariantCulture);
        return new(long.Parse(state.Facts[StepFact], CultureInfo.InvariantCulture), state);
    }

    public void Save(TrainingState state)
    {
        var started = _clock.Elapsed.TotalSeconds;
        _files.WriteState(With(state.Contents, (StepFact, Text(state.Step)), (TrainingFiles.SecondsFact, Text(Seconds))));
        var ended = _clock.Elapsed.TotalSeconds;
        _nextSave = ended + Math.Max(_interval, (ended - started) / SavingShare);
    }

    /// <summary>Keeps the checkpoint of a fraction of the run.</summary>
    /// <exception cref="DivergedException">One of its tensors is not finite everywhere.</exception>
    public void Keep(double fraction, Checkpoint checkpoint, int average = 0)
    {
        var due = _settings.DueAt(fraction);
        FiniteCheck.All(checkpoint.Tensors, $"after {due} {(_settings.Evaluations is null ? "steps" : "training evaluations")}");
        _files.WriteCheckpoint(due, average, With(checkpoint, (TrainingFiles.SecondsFact, Text(Seconds))));
    }

    public void Dispose() => _values.Dispose();

    public void Report(long done, long total, string? note = null) => _progress.Report(done, total, note);

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
