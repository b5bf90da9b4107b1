using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Checking;

/// <summary>The checks of a type.</summary>
internal static class CheckList
{
    /// <param name="type">The type.</param>
    /// <param name="make">Makes an instance with default options.</param>
    /// <param name="work">A folder for caches.</param>
    internal static IEnumerable<Check> Of(PluginType type, Func<object> make, string work) =>
    [
        new(
            "constructs",
            "the constructor takes default options and throws nothing",
            "let the constructor only keep its options, and ship missing files beside the DLL",
            () => _ = make(),
            Needed: true),
        .. Kind(type, make, work),
    ];

    private static IReadOnlyList<Check> Kind(PluginType type, Func<object> make, string work) => type.Kind switch
    {
        PluginKind.Method => MethodChecks.Of(() => Method(type, (IMethod<ITrainedModel>)make())),
        PluginKind.Sampler => SamplerChecks.Of(make, type.Models),
        PluginKind.Correction => CorrectionChecks.Of(() => (ICorrection)make()),
        PluginKind.Dataset => DatasetChecks.Of(() => (IDataset)make(), new(null, Directory.CreateDirectory(Path.Combine(work, "data")).FullName)),
        PluginKind.Metric => MetricChecks.Of(() => (IMetric)make(), type.Metrics, work),
        PluginKind.Task => TaskChecks.Of(() => (ITask)make()),
        _ => AnalysisChecks.Of(() => (IAnalysis)make()),
    };

    private static IMethod<ITrainedModel> Method(PluginType type, IMethod<ITrainedModel> method) =>
        type.Traits.HasFlag(PluginTraits.NeedsSource) ? new SourcedMethod(method) : method;
}
