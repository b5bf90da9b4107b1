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
internal static class Measuring
{
    /// <param name="desk">The cell.</param>
    /// <param name="generated">Its samples.</param>
    /// <param name="truth">The truth of each, or null.</param>
    /// <param name="earlier">What was measured of the same samples before: values of metrics that are the same are taken from there.</param>
    internal static Measurements Run(JobDesk desk, MeasuredSamples generated, IImageSet? truth, JobOutcome? earlier = null)
    {
        using var shared = new SharedValues();
        List<MeasuredValue> values = [];
        var unavailable = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var failed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var known = (earlier?.Metrics ?? []).ToLookup(value => value.By ?? "", StringComparer.Ordinal);
        MetricContext Context(PluginRef metric) => Measuring.Context(desk, generated, truth, desk.MetricCache(shared, metric), missing);
        foreach (var plugin in desk.Job.Sampling!.Metrics)
        {
            if (known[Parts.Metric(plugin)].ToList() is { Count: > 0 } same)
            {
                values.AddRange(same);
                continue;
            }

            desk.Progress.Report(values.Count, desk.Job.Sampling.Metrics.Count, plugin.Id);
            try
            {
                using var grad = torch.no_grad();
                using var scope = torch.NewDisposeScope();
                var metric = desk.Session.Create<IMetric>(plugin);
                RefuseOther(metric, desk.CellTask);
                values.AddRange(metric.Evaluate(Context(plugin)).Select(value => MeasuredCheck.Of(plugin, value)).ToList());
            }
            catch (NotApplicableException e)
            {
                unavailable[plugin.Id] = e.Message;
            }
            catch (Exception e) when (e is not OperationCanceledException && !Verdict.IsStorageFull(e))
            {
                // A fault wall: the samples cost hours, and what other metrics say of them must not be lost with this one.
                Console.Error.WriteLine(NativeErrors.WithoutFrames(e.ToString()));
                failed[plugin.Id] = desk.Session.Explain(e) ?? Verdict.Of(e).Message;
            }
        }

        return new(values, unavailable, failed, Kept(desk, Context, failed)) { MissingWeights = [.. missing] };
    }

    private static IReadOnlyList<string> Kept(JobDesk desk, Func<PluginRef, MetricContext> context, SortedDictionary<string, string> failed)
    {
        try
        {
            using var grad = torch.no_grad();
            return FeatureFile.Keep(desk, context) ? [Artifacts.Features] : [];
        }
        catch (Exception e) when (e is not OperationCanceledException && !Verdict.IsStorageFull(e))
        {
            // The same wall: the next run tries again.
            Console.Error.WriteLine(NativeErrors.WithoutFrames(e.ToString()));
            failed["keep"] = Verdict.Of(e).Message;
            return [];
        }
    }

    private static MetricContext Context(JobDesk desk, MeasuredSamples generated, IImageSet? truth, TensorCache cache, SortedSet<string> missing)
    {
        var dataset = desk.Job.Model.Dataset;
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
            Cache = cache,
            Progress = desk.Progress,
            Weights = id => Weights(id, missing),
            Companions = [.. desk.Job.Sampling!.Metrics.Select(metric => metric.Id), .. desk.Job.Sampling.Keep.Features ? (string[])[KeptFeatures.Companion] : []],
            Cancellation = desk.Cancellation,
        };
    }

    private static string? Weights(string id, SortedSet<string> missing)
    {
        var path = AddedWeights.Path(id);
        if (path is null)
        {
            missing.Add(id);
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
