using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Planning.Pricing;

/// <summary>
/// A plan in small: of all jobs that cost alike, whatever their seed, checkpoint and budget, one, with few steps and few samples. What it takes tells what
/// the plan will take, on this machine, with these plugins and as many workers. What a correction collects of its source is collected up to its first part.
/// </summary>
internal sealed class Rehearsal
{
    /// <summary>Optimizer steps of a rehearsed training.</summary>
    internal const int Steps = 24;

    /// <summary>After these of them its time is taken: before, buffers and kernels are made.</summary>
    internal const double Beginning = 0.25;

    private const int Samples = 32;

    private readonly Dictionary<string, Job> _rehearsed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Job> _byKey = new(StringComparer.Ordinal);
    private readonly List<Job> _jobs = [];

    /// <param name="plan">All jobs of the plan, each after those that it needs.</param>
    /// <param name="open">The keys of those that will run.</param>
    internal Rehearsal(IReadOnlyList<Job> plan, IReadOnlySet<string> open)
    {
        var needed = Needed(plan, open);
        foreach (var job in plan.Where(job => needed.Contains(job.Key) && job.Kind != JobKind.Analyse))
        {
            Add(job);
        }
    }

    /// <summary>The jobs to run, each after those that it needs.</summary>
    internal IReadOnlyList<Job> Jobs => _jobs;

    /// <summary>The job that was rehearsed for this one; null for analyses.</summary>
    internal Job? For(Job job) => _rehearsed.GetValueOrDefault(Shape(job));

    // A model that is there already is rehearsed as well, since cells need one.
    private static HashSet<string> Needed(IReadOnlyList<Job> plan, IReadOnlySet<string> open)
    {
        var needed = open.ToHashSet(StringComparer.Ordinal);
        foreach (var job in plan.Reverse().Where(job => needed.Contains(job.Key)))
        {
            needed.UnionWith(job.Needs);
        }

        return needed;
    }

    private void Add(Job job)
    {
        var shape = Shape(job);
        if (!_rehearsed.TryGetValue(shape, out var small))
        {
            small = Small(job, JobKey.Of(job.Kind, [new("rehearsal of", shape)]));
            _rehearsed[shape] = small;
            _jobs.Add(small);
        }

        _byKey[job.Key] = small;
    }

    private Job Small(Job job, string key)
    {
        var small = job with { Key = key, Needs = [.. job.Needs.Select(need => _byKey[need].Key)] };
        return job.Kind switch
        {
            JobKind.Train => small with { Model = Short(job.Model, key) },
            JobKind.Collect => small with { Model = Rehearsed(job.Model), Correction = Of(job.Correction!), FirstPartOnly = true },
            JobKind.Correct => small with { Model = Rehearsed(job.Model), Correction = Short(job.Correction!, key) },
            _ => small with
            {
                Model = Rehearsed(job.Model),
                Correction = job.Correction is { } correction ? Rehearsed(correction) : null,
                Sampling = job.Sampling! with { Checkpoint = 1, Average = 0, CorrectionCheckpoint = 1, Samples = Samples, Batch = Math.Min(Samples, job.Sampling.Batch) },
            },
        };
    }

    private ModelSpec Short(ModelSpec model, string key) => model with
    {
        Key = key,
        Training = Short(model.Training) with { Checkpoints = [Beginning, 1.0] },
        Source = model.Source is null ? null : Rehearsed(model.Source),
    };

    /// <summary>The model that was rehearsed for another, with the options that the other is used with.</summary>
    private ModelSpec Rehearsed(ModelSpec model) => _byKey[model.Key].Model with { Method = model.Method };

    private CorrectionSpec Short(CorrectionSpec correction, string key) => Of(correction) with
    {
        Key = key,
        Training = Short(correction.Training) with { Checkpoints = [1.0] },
    };

    private CorrectionSpec Of(CorrectionSpec correction) => correction with
    {
        Source = Rehearsed(correction.Source),
        Teacher = correction.Teacher is null ? null : Rehearsed(correction.Teacher),
        Collection = correction.Collection is null ? null : _byKey[correction.Collection].Key,
    };

    /// <summary>The correction that was rehearsed for another, with the options that the other is used with.</summary>
    private CorrectionSpec Rehearsed(CorrectionSpec correction) =>
        correction.Key is { } key ? _byKey[key].Correction! with { Plugin = correction.Plugin } : Of(correction);

    // As many evaluations as the steps have, if each evaluates its batch once.
    private static TrainingSettings Short(TrainingSettings training) =>
        training with { Steps = Steps, Evaluations = training.Evaluations is null ? null : (long)Steps * training.Batch };

    // Sources and teachers stand in the parts by their keys, which differ from seed to seed.
    private string Shape(Job job) => string.Join('\n', job.Parts.Where(Costs).Select(part => $"{part.Key}: {Common(part.Value)}").Prepend(Records.Kind(job.Kind)));

    private string Common(string value) => _byKey.TryGetValue(value, out var small) ? small.Key : value;

    private static bool Costs(KeyValuePair<string, string> part) => part.Key is not ("seed" or "source seed" or "checkpoint" or "correction checkpoint" or "average" or "nfe");
}
