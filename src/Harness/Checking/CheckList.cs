using System.Collections.ObjectModel;
using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Checking;

/// <summary>The checks of a type.</summary>
internal static class CheckList
{
    /// <param name="type">The type.</param>
    /// <param name="create">Makes an instance with some options; the others have their defaults.</param>
    /// <param name="work">A folder for caches.</param>
    internal static IEnumerable<Check> Of(PluginType type, Func<IReadOnlyDictionary<string, string>, object> create, string work)
    {
        object Make() => create(ReadOnlyDictionary<string, string>.Empty);
        return
        [
            new(
                "constructs",
                "the constructor takes default options and throws nothing",
                "let the constructor only keep its options, and ship missing files beside the DLL",
                () => _ = Make(),
                Needed: true),
            .. Kind(type, Make, work),
            .. Inference(type, create, work),
        ];
    }

    private static IReadOnlyList<Check> Kind(PluginType type, Func<object> make, string work) => type.Kind switch
    {
        PluginKind.Method => MethodChecks.Of(() => Method(type, (IMethod<ITrainedModel>)make())),
        PluginKind.Sampler => SamplerChecks.Of(make, type.Models),
        PluginKind.Correction => CorrectionChecks.Of(() => (ICorrection)make(), type.Traits, Collections(work)),
        PluginKind.Dataset => DatasetChecks.Of(() => (IDataset)make(), new(null, Directory.CreateDirectory(Path.Combine(work, "data")).FullName)),
        PluginKind.Metric => MetricChecks.Of(() => (IMetric)make(), type.Metrics, work),
        PluginKind.Task => TaskChecks.Of(() => (ITask)make()),
        _ => AnalysisChecks.Of(() => (IAnalysis)make()),
    };

    private static IEnumerable<Check> Inference(PluginType type, Func<IReadOnlyDictionary<string, string>, object> create, string work)
    {
        InferenceTrial Trial(params IEnumerable<KeyValuePair<string, string>> options) => type.Kind == PluginKind.Correction
            ? InferenceTrial.Of(new CorrectionTrial(() => (ICorrection)create(options.ToDictionary()), type.Traits, Collections(work)))
            : InferenceTrial.Of(() => Method(type, (IMethod<ITrainedModel>)create(options.ToDictionary())));
        return type.Inference.Select(option => InferenceCheck.Of(
            option.Name, Trial(), option.AnotherValue is { } value ? Trial(KeyValuePair.Create(option.Name, value)) : null));
    }

    private static string Collections(string work) => Path.Combine(work, "collections");

    private static IMethod<ITrainedModel> Method(PluginType type, IMethod<ITrainedModel> method) =>
        type.Traits.HasFlag(PluginTraits.NeedsSource) ? new SourcedMethod(method) : method;
}
