using Dfx.Harness.Execution.Models;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Numerics;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Everything that running one job needs, passed along instead of parameter lists.</summary>
/// <param name="Job">The job.</param>
/// <param name="Session">The worker's plugins and data.</param>
/// <param name="Results">The results folder.</param>
/// <param name="Device">The job's device.</param>
/// <param name="Progress">Who is told how far it has come.</param>
/// <param name="SaveSeconds">The least time between two resumable states.</param>
/// <param name="Cancellation">Asks to stop.</param>
internal sealed record JobDesk(
    Job Job,
    WorkerSession Session,
    ResultsFolder Results,
    torch.Device Device,
    IProgressHost Progress,
    double SaveSeconds,
    CancellationToken Cancellation)
{
    /// <summary>Told of every evaluation of the job's networks.</summary>
    internal JobMeter Meter { get; } = new(Cancellation);

    internal ModelContext ModelContext => Context(Job.Model, NetworkOwner.Model);

    /// <summary>What a model is made in.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="owner">Who its networks count for.</param>
    internal ModelContext Context(ModelSpec spec, NetworkOwner owner) => Session.Context(spec, Device) with { Meter = Meter.Of(owner) };

    /// <summary>While networks train or sample: CUDA rounds to TF32 if that is the job's precision. All else, metrics above all, is float32.</summary>
    internal IDisposable Rounding() => Tf32.Region(Job.Model.Precision == Precision.Tf32);

    internal TrainingFiles Files(string key) => new(Results.ArtifactsOf(key));

    internal CollectionFiles Collection(string key) => new(Results.ArtifactsOf(key));

    internal TrainingContext TrainingContext(TrainingSettings settings, TrainingHost host, ModelContext model) =>
        new() { Model = model, Settings = settings, Host = host, Budgets = Job.Budgets, Cancellation = host.Interruption };

    /// <summary>The host's side of the job's training.</summary>
    internal TrainingHost TrainingHost(TrainingSettings settings) => new(Files(Job.Key), settings, SaveSeconds, Progress, Store, Meter, Cancellation);

    /// <summary>The task of the job's cell: a sampler that imposes what is known uses a model that was trained for another one.</summary>
    internal ITask CellTask => Session.Create<ITask>(Job.Sampling!.Task);

    /// <summary>What metrics keep for other cells: kept apart by code, libraries and device.</summary>
    internal TensorCache MetricCache(SharedValues values, PluginRef metric) =>
        new(values, Path.Combine(Session.Cache, "metrics"), $"{metric.Hash}\n{Ground}");

    /// <summary>What jobs of one plugin share that have the same source, or the same data: trainings of models and of corrections, and analyses.</summary>
    /// <param name="values">The job's values.</param>
    /// <param name="tally">Told of what a training costs; of an analysis too, since what it makes may be used by a training.</param>
    internal TensorCache Store(SharedValues values, TrainingTally tally)
    {
        var plugin = Job.Analysis ?? Job.Correction?.Plugin ?? Job.Model.Method!;
        var source = Job.Correction?.Source ?? Job.Model.Source;
        var given = source is null ? Job.Model.Dataset.Part : string.Join('\n', Parts.Used([new("key", source.Key)], source).Select(part => part.Value));
        return new(values, Path.Combine(Session.Cache, "training"), $"{plugin.Hash}\n{given}\n{Ground}", tally);
    }

    /// <summary>Libraries and device.</summary>
    private string Ground => string.Join('\n', Job.Parts.Where(part => part.Key.EndsWith("libraries", StringComparison.Ordinal)
        || part.Key.EndsWith("device", StringComparison.Ordinal)).Select(part => part.Value));
}

/// <summary>What a job gave, before it becomes a record.</summary>
internal sealed record JobResult(JobOutcome Outcome, JobTiming Timing)
{
    /// <summary>Checksums of the files, by their names, where they are known; null: of those that the outcome names.</summary>
    internal IReadOnlyDictionary<string, string>? Checksums { get; init; }
}
