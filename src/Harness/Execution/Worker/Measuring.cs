using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dfx.Data.Images;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Runs the metrics of a cell.</summary>
internal static class Measuring
{
    internal static (IReadOnlyList<MeasuredValue> Values, IReadOnlyDictionary<string, string> Unavailable) Run(
        JobDesk desk, torch.Tensor images, torch.Tensor? truth)
    {
        using var cache = new MetricCache(Path.Combine(desk.Session.Cache, "metrics"));
        var context = Context(desk, images, truth, cache);
        List<MeasuredValue> values = [];
        var unavailable = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var plugin in desk.Job.Sampling!.Metrics)
        {
            desk.Progress.Report(values.Count, desk.Job.Sampling.Metrics.Count, plugin.Id);
            try
            {
                using var grad = torch.no_grad();
                using var scope = torch.NewDisposeScope();
                var metric = desk.Session.Create<IMetric>(plugin);
                RefuseOther(metric, desk.ModelContext.Task);
                values.AddRange(metric.Evaluate(context).Select(value => Checked(plugin.Id, value)));
            }
            catch (NotApplicableException e)
            {
                unavailable[plugin.Id] = e.Message;
            }
        }

        return (values, unavailable);
    }

    private static MetricContext Context(JobDesk desk, torch.Tensor images, torch.Tensor? truth, MetricCache cache)
    {
        var dataset = desk.Job.Model.Dataset;
        var data = desk.Session.Data(dataset);
        return new()
        {
            Dataset = dataset.Plugin.Id,
            Generated = new TensorImages(images),
            Reference = new SourceImages(data, Split.Train, dataset.Fingerprint),
            Truth = truth is null ? null : new TensorImages(truth),
            Data = data,
            Device = desk.Device,
            Cache = cache,
            Progress = desk.Progress,
            Cancellation = desk.Cancellation,
        };
    }

    private static void RefuseOther(IMetric metric, ITask task)
    {
        var kind = metric.GetType().GetCustomAttribute<MetricAttribute>()!.Kind;
        if ((kind & task.Metrics) == 0)
        {
            throw new NotApplicableException($"the task has no use for metrics of the kind {kind}");
        }
    }

    private static MeasuredValue Checked(string metric, MetricValue value) => double.IsFinite(value.Value)
        ? new(value.Name, value.Value, value.Spread, value.Better, Fingerprint(value.Protocol), value.Protocol)
        : throw new DivergedException($"{metric} gave {value.Value} for {value.Name}");

    /// <summary>What two numbers must share to stand in one column.</summary>
    private static string Fingerprint(IReadOnlyDictionary<string, string> protocol)
    {
        var text = string.Join('\n', protocol.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
