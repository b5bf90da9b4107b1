using System.Reflection;
using Dfx.Data.Images;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Metrics;
using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What the metrics of a cell gave.</summary>
/// <param name="Values">What was measured.</param>
/// <param name="Unavailable">Metrics that did not apply, by id, with the reason.</param>
/// <param name="Failed">Metrics that threw, by id, with the message.</param>
/// <param name="Files">Files that were kept on the way.</param>
internal sealed record Measurements(
    IReadOnlyList<MeasuredValue> Values,
    IReadOnlyDictionary<string, string> Unavailable,
    IReadOnlyDictionary<string, string> Failed,
    IReadOnlyList<string> Files)
{
    /// <summary>Weights that were asked for and are not on this machine.</summary>
    internal IReadOnlyList<string> MissingWeights { get; init; } = [];
}

/// <summary>Runs the metrics of a cell.</summary>
/// <param name="desk">The cell.</param>
/// <param name="generated">Its samples.</param>
/// <param name="truth">The truth of each, or null.</param>
/// <param name="shared">What its metrics share.</param>
internal sealed class Measuring(JobDesk desk, MeasuredSamples generated, IImageSet? truth, SharedValues shared)
{
    private readonly SortedDictionary<string, string> _unavailable = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _failed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    /// <param name="desk">The cell.</param>
    /// <param name="generated">Its samples.</param>
    /// <param name="truth">The truth of each, or null.</param>
    /// <param name="earlier">What was measured of the same samples before: values of metrics that are the same are taken from there.</param>
    internal static Measurements Run(JobDesk desk, MeasuredSamples generated, IImageSet? truth, JobOutcome? earlier = null)
    {
        using var shared = new SharedValues();
        var measuring = new Measuring(desk, generated, truth, shared);
        List<MeasuredValue> values = [];
        List<PluginRef> taken = [];
        foreach (var (done, metric) in desk.Job.Sampling!.Metrics.Index())
        {
            desk.Progress.Report(done, desk.Job.Sampling.Metrics.Count, metric.Id);
            var known = KeptSamples.Known(earlier, metric);
            values.AddRange(known.Count > 0 ? known : measuring.Measured(metric));
            if (known.Count > 0)
            {
                taken.Add(metric);
            }
        }

        var files = measuring.Kept(taken);
        return new(values, measuring._unavailable, measuring._failed, files) { MissingWeights = [.. measuring._missing] };
    }

    private IReadOnlyList<MeasuredValue> Measured(PluginRef plugin)
    {
        try
        {
            using var grad = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var metric = desk.Session.Create<IMetric>(plugin);
            RefuseOther(metric, desk.CellTask);
            return [.. metric.Evaluate(Context(plugin)).Select(value => MeasuredCheck.Of(plugin, value))];
        }
        catch (NotApplicableException e)
        {
            _unavailable[plugin.Id] = e.Message;
        }
        catch (Exception e) when (e is not OperationCanceledException && !Verdict.IsStorageFull(e))
        {
            // A fault wall: the samples cost hours, and what other metrics say of them must not be lost with this one.
            Console.Error.WriteLine(NativeErrors.WithoutFrames(e.ToString()));
            _failed[plugin.Id] = desk.Session.Explain(e) ?? Verdict.Of(e).Message;
        }

        return [];
    }

    private IReadOnlyList<string> Kept(IReadOnlyList<PluginRef> taken)
    {
        try
        {
            using var grad = torch.no_grad();
            return FeatureFile.Keep(desk, generated, Context, taken) ? [Artifacts.Features] : [];
        }
        catch (Exception e) when (e is not OperationCanceledException && !Verdict.IsStorageFull(e))
        {
            // The same wall: the next run tries again.
            Console.Error.WriteLine(NativeErrors.WithoutFrames(e.ToString()));
            _failed["keep"] = Verdict.Of(e).Message;
            return [];
        }
    }

    private MetricContext Context(PluginRef metric)
    {
        var (dataset, sampling) = (desk.Job.Model.Dataset, desk.Job.Sampling!);
        var data = desk.Session.Data(dataset);
        return new()
        {
            Dataset = dataset.Plugin.Id,
            Generated = generated,
            Reference = new SourceImages(data, desk.CellTask.Reference, dataset.Fingerprint),
            Truth = truth,
            Truths = truth is null ? null : Math.Min(truth.Count, data.Count(Split.Test)),
            Data = data,
            Device = desk.Device,
            Cache = desk.MetricCache(shared, metric),
            Progress = desk.Progress,
            Weights = Weights,
            Companions = [.. sampling.Metrics.Select(companion => companion.Id), .. sampling.Keep.Features ? (string[])[KeptFeatures.Companion] : []],
            Cancellation = desk.Cancellation,
        };
    }

    private string? Weights(string id)
    {
        var path = AddedWeights.Path(id);
        if (path is null)
        {
            _missing.Add(id);
        }

        return path;
    }

    private static void RefuseOther(IMetric metric, ITask task)
    {
        var kind = metric.GetType().GetCustomAttribute<MetricAttribute>()!.Kind;
        if ((kind & task.Metrics) == 0)
        {
            throw new NotApplicableException($"the task has no use for metrics of the kind {kind}");
        }
    }
}
