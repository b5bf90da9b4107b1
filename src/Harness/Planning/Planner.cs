using System.Globalization;
using Dfx.Harness.Matrix;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Planning;

/// <summary>Turns a matrix into a DAG of jobs: models and corrections that several cells need are one job.</summary>
internal sealed class Planner
{
    private readonly MatrixFile _matrix;
    private readonly PlanSettings _settings;
    private readonly DeviceSpec _device;
    private readonly Dictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly List<Job> _order = [];
    private readonly IReadOnlyList<PluginRef> _metrics;
    private readonly PluginRefs _plugins = new();
    private readonly TextPool _texts = new();

    // What seeds have in common is in memory once.
    private readonly Dictionary<SamplingSpec, SamplingSpec> _samplings = [];
    private readonly Dictionary<(string Train, PluginRef Method), ModelSpec> _used = [];
    private readonly Dictionary<string, int> _samples = new(StringComparer.Ordinal);

    private Planner(MatrixFile matrix, PlanSettings settings)
    {
        _matrix = matrix;
        _settings = settings;
        _device = new(settings.Device, settings.Device == "cpu" ? matrix.Sampling.Threads : 0);
        _metrics = [.. matrix.Metrics.Select(Ref).OrderBy(m => m.Id, StringComparer.Ordinal).ThenBy(m => m.Part, StringComparer.Ordinal)];
    }

    /// <summary>Makes the plan.</summary>
    /// <exception cref="UsageException">A dataset is missing, or a setting of one entry is out of range.</exception>
    internal static Plan Make(MatrixFile matrix, PlanSettings settings)
    {
        var planner = new Planner(matrix, settings);
        foreach (var dataset in matrix.Datasets)
        {
            planner.AddDataset(dataset);
        }

        return new(matrix.Name, Demand.Of(planner.Shared()));
    }

    /// <summary>The jobs, each cell with its share of what is kept.</summary>
    private IReadOnlyList<Job> Shared()
    {
        var keep = _matrix.Sampling.Keep.ShareOf(_order.Count(job => job is { Kind: JobKind.Cell, NotApplicable: null }));
        var kept = _samplings.Keys.ToDictionary(sampling => sampling, sampling => sampling with { Keep = keep });
        return [.. _order.Select(job => job.Sampling is { } sampling ? job with { Sampling = kept[sampling] } : job)];
    }

    private void AddDataset(DatasetEntry entry)
    {
        var dataset = new DatasetSpec(Ref(entry.Choice), entry.Path, _settings.Fingerprint(entry));
        _samples[entry.Choice.Label] = Samples(entry);
        foreach (var task in _matrix.Tasks)
        {
            foreach (var method in _matrix.Methods)
            {
                foreach (var seed in _matrix.Seeds)
                {
                    AddMethod(new(entry, dataset, task, seed), method);
                }
            }

            AddAnalyses(new(entry, dataset, task, _matrix.Seeds[0]));
        }
    }

    private int Samples(DatasetEntry entry) => (_matrix.Sampling.Samples ?? _settings.TestImages?.Invoke(entry)) is > 0 and var samples
        ? samples
        : throw new UsageException($"{_matrix.Path}: samples: all takes every test image once, and the dataset '{entry.Choice.Label}' has none");

    private void AddMethod(Ground ground, MethodEntry method)
    {
        var train = Train(ground, method);
        foreach (var entry in _matrix.Corrections)
        {
            var left = (entry?.Only ?? CellFilter.All).Left(method, _matrix.Samplers, _matrix.Nfe);
            if (left.Count == 0)
            {
                continue;
            }

            var source = entry?.Source ?? method;
            var reason = entry is null ? null : Applicability.Source(entry.Choice, source.Choice) ?? Refusal(ground, entry, source);
            var correction = entry is null || reason is not null ? null : Correction(ground, entry, source, train);
            foreach (var (sampler, budgets) in left)
            {
                var why = Applicability.Sampler(method.Choice, sampler.Choice) ?? Applicability.Task(ground.Task, sampler.Choice) ?? reason
                    ?? (entry is null ? null : Applicability.Correction(entry.Choice, sampler.Choice));
                var model = sampler.Choice.Type.Traits.HasFlag(PluginTraits.ImposesKnown) ? Train(ground with { Task = _matrix.Generate }, method) : train;
                foreach (var nfe in budgets)
                {
                    foreach (var (checkpoint, average) in Checkpoints(train.Model.Training))
                    {
                        foreach (var taken in entry?.Checkpoints ?? [1.0])
                        {
                            AddCell(new(ground, method, model, entry, correction, sampler, nfe, checkpoint, average, taken, why));
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<(double Fraction, int Average)> Checkpoints(TrainingSettings training) =>
        training.Checkpoints.SelectMany(f => Enumerable.Range(0, training.Averages).Select(average => (f, average)));

    private void AddAnalyses(Ground ground)
    {
        foreach (var entry in _matrix.Analyses)
        {
            var train = entry.Method is null ? null : Train(ground, entry.Method);
            var model = train is null ? Model(ground, null) : Used(train, entry.Method!);
            var parts = Parts.Analyse(Parts.Used(train?.Parts ?? Parts.Train(model, _settings.Libraries, _device), model), Ref(entry.Choice));
            Add(new Job
            {
                Key = JobKey.Of(JobKind.Analyse, parts),
                Kind = JobKind.Analyse,
                Identity = Identity("analyse", ground, entry.Choice.Label, entry.Method?.Choice.Label ?? "data"),
                Parts = parts,
                Needs = train is null ? [] : [train.Key],
                Model = model,
                Analysis = Ref(entry.Choice),
                Device = _device,
                Axes = CellAxes.OfAnalysis(ground, entry),
            });
        }
    }

    private Job Train(Ground ground, MethodEntry method)
    {
        var source = method.Source is null ? null : Train(ground, method.Source);
        var model = Model(ground, method) with { Source = source is null ? null : Used(source, method.Source!) };
        var parts = Parts.Train(model, _settings.Libraries, _device);
        var key = JobKey.Of(JobKind.Train, parts);
        return Add(new Job
        {
            Key = key,
            Kind = JobKind.Train,
            Identity = Identity("train", ground, method.Choice.Trained.Label),
            Parts = parts,
            Needs = source is null ? [] : [source.Key],
            Model = model with { Key = key },
            Device = _device,
        });
    }

    /// <summary>A trained model with the options that an entry uses it with.</summary>
    private ModelSpec Used(Job train, MethodEntry method) => Known(_used, (Train: train.Key, Method: Ref(method.Choice)), used => train.Model with { Method = used.Method });

    /// <summary>A correction with the jobs that make it: none for one that learns nothing.</summary>
    private CorrectionSpec Correction(Ground ground, CorrectionEntry entry, MethodEntry source, Job target) =>
        entry.Choice.Type.Traits.HasFlag(PluginTraits.Untrained)
            ? new(null, Ref(entry.Choice), Used(target, source), null, SettingsReader.OfCorrection(_matrix.Training, null))
            : Used(Correct(ground, entry, source), entry);

    /// <summary>A trained correction with the options that an entry uses it with.</summary>
    private CorrectionSpec Used(Job correct, CorrectionEntry entry) => correct.Correction! with { Plugin = Ref(entry.Choice) };

    /// <summary>Why a correction, or its teacher, says that it has no meaning here; null if it does not.</summary>
    /// <exception cref="UsageException">It says that its options cannot work at all.</exception>
    private string? Refusal(Ground ground, CorrectionEntry entry, MethodEntry source) => Asked(ground, entry, source) switch
    {
        { Error: { } error } => throw new UsageException($"{_matrix.Path}: correction '{entry.Choice.Label}' on '{source.Choice.Label}': {error}"),
        { NotApplicable: { } reason } => $"{entry.Choice.Label} on {source.Choice.Label}: {reason}",
        _ => entry.Teacher is null ? null : Refusal(ground, entry.Teacher, source),
    };

    private CorrectionAnswer Asked(Ground ground, CorrectionEntry entry, MethodEntry source) =>
        _settings.Corrections is null || entry.Choice.Type.Traits.HasFlag(PluginTraits.Untrained)
            ? CorrectionAnswer.None
            : _settings.Corrections(new(Ref(entry.Choice.Trained), entry.Teacher is null ? null : Ref(entry.Teacher.Choice), Model(ground, source)));

    private Job Correct(Ground ground, CorrectionEntry entry, MethodEntry source)
    {
        var train = Train(ground, source);
        var teacher = entry.Teacher is null ? null : Correct(ground, entry.Teacher, source);
        var model = Used(train, source);
        var spec = new CorrectionSpec(
            null, Ref(entry.Choice.Trained), model, teacher is null ? null : Used(teacher, entry.Teacher!), SettingsReader.OfCorrection(_matrix.Training, entry.Training) with { Flip = train.Model.Training.Flip });
        var collect = spec.Plugin.Collection is null ? null : Collect(ground, entry, source, train, spec);
        spec = spec with { Collection = collect?.Key, Weights = Asked(ground, entry, source).Weights };
        var parts = Parts.Correct(spec, Parts.Used(train.Parts, model));
        var key = JobKey.Of(JobKind.Correct, parts);
        return Add(new Job
        {
            Key = key,
            Kind = JobKind.Correct,
            Identity = Identity("correct", ground, entry.Choice.Trained.Label, source.Choice.Label),
            Parts = parts,
            Needs = [.. ((Job?[])[train, collect, teacher]).OfType<Job>().Select(job => job.Key)],
            Model = model,
            Correction = spec with { Key = key },
            Device = _device,
        });
    }

    /// <summary>What a correction collects of its source. Options that decide nothing of it have their defaults, so that all corrections with the same parts share it.</summary>
    private Job Collect(Ground ground, CorrectionEntry entry, MethodEntry source, Job train, CorrectionSpec correction)
    {
        var type = entry.Choice.Type;
        var parts = Parts.Collect(correction.Plugin, Parts.Used(train.Parts, correction.Source));
        return Add(new Job
        {
            Key = JobKey.Of(JobKind.Collect, parts),
            Kind = JobKind.Collect,
            Identity = Identity("collect", ground, ChoiceReader.Label(type, type.Collected(entry.Choice.Options), type.Collection), source.Choice.Label),
            Parts = parts,
            Needs = [train.Key],
            Model = correction.Source,
            Correction = correction with { Plugin = correction.Plugin with { Options = type.Collected(entry.Choice.Options) }, Teacher = null },
            Device = _device,
        });
    }

    private void AddCell(CellDraft draft)
    {
        var sampling = Known(_samplings, new(
            Ref(draft.Sampler.Choice),
            Ref(draft.Ground.Task),
            draft.Nfe,
            draft.Checkpoint,
            draft.Average,
            _samples[draft.Ground.Entry.Choice.Label],
            _matrix.Sampling.SamplingBatch,
            _metrics,
            _matrix.Sampling.Keep,
            draft.CorrectionCheckpoint), made => made);
        var axes = CellAxes.Of(draft, sampling, _texts);
        var model = Used(draft.Train, draft.Method);
        var parts = Parts.Sample(Parts.Used(draft.Train.Parts, model), Correction(draft), draft.Correction, sampling).With(_texts);
        var sample = new Job
        {
            Key = JobKey.Of(JobKind.Sample, parts),
            Kind = JobKind.Sample,
            Identity = CellAxes.Identity(JobKind.Sample, axes),
            Parts = parts,
            Needs = draft.Correction?.Key is { } correct ? [draft.Train.Key, correct] : [draft.Train.Key],
            Model = model,
            Correction = draft.Correction is { Key: null } control ? control with { Source = model } : draft.Correction,
            Sampling = sampling,
            Device = _device,
        };
        _ = draft.NotApplicable is { } why
            ? Add(Measured(sample, axes) with { Needs = [], NotApplicable = why })
            : Add(Measured(Add(sample), axes));
    }

    /// <summary>The job that measures what another samples: the cell.</summary>
    private Job Measured(Job sample, IReadOnlyDictionary<string, string> axes)
    {
        var parts = Parts.Cell(sample.Parts, sample.Sampling!.Metrics).With(_texts);
        return sample with
        {
            Key = JobKey.Of(JobKind.Cell, parts),
            Kind = JobKind.Cell,
            Identity = CellAxes.Identity(JobKind.Cell, axes),
            Parts = parts,
            Needs = [sample.Key],
            Axes = axes,
        };
    }

    /// <summary>
    /// A correction that cannot be made has no key; its cell still must not be taken for the one without a correction. One that learns nothing is its plugin.
    /// </summary>
    private static string Correction(CellDraft draft) => draft switch
    {
        { Entry: null } => "none",
        { Correction: { } correction } => correction.Key ?? correction.Plugin.Part,
        _ => $"not applicable: {draft.Entry.Choice.Label}",
    };

    private ModelSpec Model(Ground ground, MethodEntry? method)
    {
        var (training, precision) = SettingsReader.Training(_matrix.Training, ground.Entry.Training, method?.Training);
        var network = SettingsReader.Network(_matrix.Network, ground.Entry.Network, method?.Network);
        if (precision == Precision.Tf32 && _settings.Device == "cpu")
        {
            throw new UsageException($"{_matrix.Path}: precision tf32 is CUDA's; on the CPU take float32, bfloat16 or auto.");
        }

        return new(
            "", method is null ? null : Ref(method.Choice.Trained), ground.Dataset, Ref(ground.Task), network, training, precision ?? _settings.Automatic, ground.Seed);
    }

    /// <summary>
    /// Adds a job, or finds the one that is there already. A correction that names its target as its source is that target's own, and stands
    /// in the tables once.
    /// </summary>
    /// <exception cref="UsageException">Two methods or samplers are one thing under two names: tables could show but one of them.</exception>
    private Job Add(Job job)
    {
        if (_jobs.TryAdd(job.Key, job))
        {
            _order.Add(job);
        }

        var known = _jobs[job.Key];
        return job.Kind != JobKind.Cell || (known.Axes!["method"] == job.Axes!["method"] && known.Axes["sampler"] == job.Axes["sampler"])
            ? known
            : throw new UsageException($"{_matrix.Path}: '{known.Identity}' and '{job.Identity}' are the same thing under two names; remove one");
    }

    private static TValue Known<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TKey, TValue> make)
        where TKey : notnull => known.TryGetValue(key, out var value) ? value : known[key] = make(key);

    private PluginRef Ref(Choice choice) => _plugins.Of(choice);

    private static string Identity(string kind, Ground ground, params IEnumerable<string> more) =>
        string.Join(" | ", [kind, ground.Entry.Choice.Label, ground.Task.Label, .. more, string.Create(CultureInfo.InvariantCulture, $"seed {ground.Seed}")]);
}
