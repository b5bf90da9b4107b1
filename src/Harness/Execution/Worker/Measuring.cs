using System.Reflection;
using Dfx.Data.Images;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
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
    internal static Measurements Run(JobDesk desk, torch.Tensor images, torch.Tensor? truth)
    {
        using var shared = new SharedValues();
        List<MeasuredValue> values = [];
        var unavailable = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var failed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var plugin in desk.Job.Sampling!.Metrics)
        {
            desk.Progress.Report(values.Count, desk.Job.Sampling.Metrics.Count, plugin.Id);
            try
            {
                using var grad = torch.no_grad();
                using var scope = torch.NewDisposeScope();
                var metric = desk.Session.Create<IMetric>(plugin);
                RefuseOther(metric, desk.CellTask);
                var measured = metric.Evaluate(Context(desk, images, truth, desk.MetricCache(shared, plugin), missing));
                values.AddRange(measured.Select(value => MeasuredCheck.Of(plugin.Id, value)).ToList());
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

        var files = KeepFeatures(desk, any => Context(desk, images, truth, desk.MetricCache(shared, any), missing), failed);
        return new(values, unavailable, failed, files) { MissingWeights = [.. missing] };
    }

    private static IReadOnlyList<string> KeepFeatures(JobDesk desk, Func<PluginRef, MetricContext> context, SortedDictionary<string, string> failed)
    {
        try
        {
            using var grad = torch.no_grad();
            return desk.Job.Sampling is { KeepFeatures: true, Metrics: [var any, ..] } ? [CellFeatures.Keep(desk, context(any))] : [];
        }
        catch (Exception e) when (e is not OperationCanceledException && !Verdict.IsStorageFull(e))
        {
            // The same wall: the next run tries again.
            Console.Error.WriteLine(NativeErrors.WithoutFrames(e.ToString()));
            failed["keep-features"] = Verdict.Of(e).Message;
            return [];
        }
    }

    private static MetricContext Context(JobDesk desk, torch.Tensor images, torch.Tensor? truth, TensorCache cache, SortedSet<string> missing)
    {
        var dataset = desk.Job.Model.Dataset;
        var data = desk.Session.Data(dataset);
        return new()
        {
            Dataset = dataset.Plugin.Id,
            Generated = new TensorImages(images),
            Reference = new SourceImages(data, desk.CellTask.Reference, dataset.Fingerprint),
            Truth = truth is null ? null : new TensorImages(truth),
            Truths = truth is null ? null : Math.Min((int)truth.shape[0], data.Count(Split.Test)),
            Data = data,
            Device = desk.Device,
            Cache = cache,
            Progress = desk.Progress,
            Weights = id => Weights(id, missing),
            Companions = [.. desk.Job.Sampling!.Metrics.Select(metric => metric.Id)],
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
