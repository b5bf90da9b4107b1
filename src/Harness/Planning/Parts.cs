using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dfx.Sdk;

namespace Dfx.Harness.Planning;

/// <summary>The parts of keys, in canonical words.</summary>
internal static class Parts
{
    /// <summary>
    /// The version of what the host does between plugins: noise streams, batching, quantisation, wrapping. Raise it when a change there
    /// changes results.
    /// </summary>
    private const string HostProtocol = "2";

    /// <summary>The part that a cell has and its sample job does not.</summary>
    internal const string Metrics = "metrics";

    /// <summary>A train job; the key of the model that it builds on stands for all of that model's parts.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Train(ModelSpec model, string libraries, DeviceSpec device) =>
    [
        new("host", HostProtocol),
        new("libraries", libraries),
        new("device", Device(device)),
        new("dataset", model.Dataset.Part),
        new("task", model.Task.Part),
        new("method", model.Method?.Part ?? "none"),
        new("source", model.Source?.Key ?? "none"),
        .. Inference("source inference", model.Source?.Method),
        new("network", Network(model.Network)),
        new("training", Training(model.Training)),
        new("precision", model.Precision.ToString()),
        new("seed", Number(model.Seed)),
    ];

    /// <summary>A trained model as it is used.</summary>
    /// <param name="train">The parts of its training.</param>
    /// <param name="model">The model.</param>
    internal static IReadOnlyList<KeyValuePair<string, string>> Used(IReadOnlyList<KeyValuePair<string, string>> train, ModelSpec model) =>
        model.Method?.InferencePart is { Length: > 0 } ? [.. train, .. Inference("inference", model.Method)] : train;

    private static IEnumerable<KeyValuePair<string, string>> Inference(string name, PluginRef? trained) =>
        trained?.InferencePart is { Length: > 0 } part ? [new(name, part)] : [];

    internal static IReadOnlyList<KeyValuePair<string, string>> Correct(CorrectionSpec correction, IEnumerable<KeyValuePair<string, string>> source) =>
    [
        .. Source(source),
        new("correction", correction.Plugin.Part),
        .. correction.Collection is { } collection ? (IEnumerable<KeyValuePair<string, string>>)[new("collection", collection)] : [],
        new("teacher", correction.Teacher?.Key ?? "none"),
        .. Inference("teacher inference", correction.Teacher?.Plugin),
        .. (correction.Weights ?? new Dictionary<string, string>()).Select(file => new KeyValuePair<string, string>("weights " + file.Key, file.Value)),
        new("correction training", Training(correction.Training)),
    ];

    /// <summary>A collect job: how the corrections that learn from it are trained is no part of it.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Collect(PluginRef correction, IEnumerable<KeyValuePair<string, string>> source) =>
        [.. Source(source), new("collection", correction.CollectionPart!)];

    private static IEnumerable<KeyValuePair<string, string>> Source(IEnumerable<KeyValuePair<string, string>> source) =>
        source.Select(part => new KeyValuePair<string, string>("source " + part.Key, part.Value));

    /// <summary>A sample job: all that a cell is but its metrics.</summary>
    /// <param name="model">The model as it is used.</param>
    /// <param name="correction">The correction as it was trained, by its key; or what stands for one that was not.</param>
    /// <param name="used">The correction as it is used, or null.</param>
    /// <param name="sampling">What is sampled.</param>
    internal static PartList Sample(
        IReadOnlyList<KeyValuePair<string, string>> model, string correction, CorrectionSpec? used, SamplingSpec sampling) => new(model,
    [
        new("correction", correction),
        .. Inference("correction inference", used?.Plugin),
        .. sampling.CorrectionCheckpoint < 1 ? (IEnumerable<KeyValuePair<string, string>>)[new("correction checkpoint", Number(sampling.CorrectionCheckpoint))] : [],
        new("checkpoint", Number(sampling.Checkpoint)),
        new("average", Number(sampling.Average)),
        new("cell task", sampling.Task.Part),
        new("sampler", sampling.Sampler.Part),
        new("nfe", Number(sampling.Nfe)),
        new("samples", $"{Number(sampling.Samples)} by {Number(sampling.Batch)}"),
    ]);

    internal static PartList Cell(IReadOnlyList<KeyValuePair<string, string>> sample, IEnumerable<PluginRef> metrics) =>
        new(sample, [new(Metrics, string.Join("; ", metrics.Select(metric => metric.Part)))]);

    /// <summary>A metric with its options and code, in 16 hexadecimal digits.</summary>
    internal static string Metric(PluginRef metric) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(metric.Part)))[..16];

    /// <summary>Whether a cell's record is of the samples that a sample job makes, whatever was measured of them.</summary>
    /// <param name="sample">The parts of the sample job.</param>
    /// <param name="cell">The parts of the record.</param>
    internal static bool IsSampledBy(IReadOnlyList<KeyValuePair<string, string>> sample, IReadOnlyDictionary<string, string> cell) =>
        cell.Count == sample.Count + 1 && cell.ContainsKey(Metrics) && sample.All(part => cell.TryGetValue(part.Key, out var value) && value == part.Value);

    internal static IReadOnlyList<KeyValuePair<string, string>> Analyse(IReadOnlyList<KeyValuePair<string, string>> model, PluginRef analysis) =>
        [.. model, new("analysis", analysis.Part)];

    private static string Device(DeviceSpec device) => device.Type == "cpu" ? $"cpu, {Number(device.Threads)} threads" : device.Type;

    private static string Network(NetworkSettings n) => string.Create(
        CultureInfo.InvariantCulture,
        $"{n.Family} channels {n.Channels} multipliers {List(n.Multipliers)} blocks {n.Blocks} attention {List(n.Attention)} dropout {n.Dropout}");

    private static string Training(TrainingSettings t) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(t.Evaluations is null ? "steps" : "evaluations")} {t.Budget} batch {t.Batch}{(t.Accumulate == 1 ? "" : $" in {t.Accumulate} parts")} checkpoints {List(t.Checkpoints)} lr {t.LearningRate} warm-up {t.WarmUp} ema {List(t.Ema)} half-life {List(t.EmaHalfLife)} ramp-up {t.EmaRampUp} clip {t.Clip} flip {t.Flip} augment {t.Augment}");

    private static string List<T>(IEnumerable<T> items) => string.Join(',', items.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}")));

    private static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
